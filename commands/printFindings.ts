import type { NamedFinding } from '../services/audit/invariants/violation';

const MOST_PRINTED = 50;

/** Prints what was checked, what should be known and each violation; gives how many violations there are. */
export function printFindings(findings: readonly NamedFinding[]): number {
  for (const { name, checked, violations } of findings) {
    console.log(`${String(checked).padStart(8)}  ${name}${violations.length === 0 ? '' : `, ${violations.length} violations`}`);
  }
  const notes = findings.flatMap((finding) => finding.notes ?? []);
  for (const note of notes.slice(0, MOST_PRINTED)) console.log(`NOTE  ${note}`);
  const violations = findings.flatMap((finding) => finding.violations);
  for (const { invariant, record, message } of violations.slice(0, MOST_PRINTED)) {
    console.log(`VIOLATION  ${invariant}: ${record}: ${message}`);
  }
  return violations.length;
}
