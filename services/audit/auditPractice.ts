import { DATABASE_INVARIANTS } from './auditDatabase';
import { auditAnchorsHold } from './invariants/auditAnchorsHold';
import { filingsMatchWorkflows } from './invariants/filingsMatchWorkflows';
import { noOrphans } from './invariants/noOrphans';
import { resetFilings } from './invariants/resetFilings';
import type { AuditedSystem, Finding, NamedFinding } from './invariants/violation';

const INVARIANTS: [string, (system: AuditedSystem) => Promise<Finding>][] = [
  ['filings equal to their workflows', filingsMatchWorkflows],
  ...DATABASE_INVARIANTS,
  ['anchors of the audit chain', auditAnchorsHold],
  ['open filings running', noOrphans],
  ['filings reset in Temporal', resetFilings],
];

/** Checks, on a running system, what must always hold; each finding with what was checked. Throws where a part does not answer. */
export async function auditPractice(system: AuditedSystem): Promise<NamedFinding[]> {
  const findings = [];
  for (const [name, check] of INVARIANTS) findings.push({ name, ...(await check(system)) });
  return findings;
}
