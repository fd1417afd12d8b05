import { Client } from 'pg';
import type { Pool } from 'pg';
import type { Migration } from '../../models/migrations/migration';
import { compareSchema } from '../../models/schema/compareSchema';
import { checkForeignKeys, countRows } from '../../models/schema/foreignKeys';
import { approvalLinksHold } from './invariants/approvalLinksHold';
import { auditTrailHolds } from './invariants/auditTrailHolds';
import { historyIsWhole } from './invariants/historyIsWhole';
import { remindersAreAccountedFor } from './invariants/remindersAreAccountedFor';
import { requestsEnd } from './invariants/requestsEnd';
import type { AuditedDatabase, Finding, NamedFinding, Violation } from './invariants/violation';

const SCHEMA = 'the schema is what the migrations make';
const FOREIGN_KEYS = 'every foreign key holds';

/** What must hold in the database by itself, without Temporal. */
export const DATABASE_INVARIANTS: [string, (database: AuditedDatabase) => Promise<Finding>][] = [
  ['moves in history', historyIsWhole],
  ['requests ended', requestsEnd],
  ['reminders accounted for', remindersAreAccountedFor],
  ['approval links', approvalLinksHold],
  ['links of the audit chain', auditTrailHolds],
];

export interface SchemaAudit {
  adminUrl: string;
  migrations?: readonly Migration[];
  /** Whether steps that are not applied yet are as it should be: before a migration. */
  mayBePending?: boolean;
}

/** The tables and what ties them together: schema, foreign keys, and how many rows each table has. */
export async function auditSchema({ adminUrl, migrations, mayBePending = false }: SchemaAudit): Promise<{
  findings: NamedFinding[];
  counts: { table: string; rows: number }[];
}> {
  const client = new Client({ connectionString: adminUrl, application_name: 'numericalz-audit' });
  client.on('error', () => {});
  await client.connect();
  try {
    const compared = await compareSchema(adminUrl, migrations);
    const found = (record: string, message: string): Violation => ({ invariant: SCHEMA, record, message });
    const schema: NamedFinding = {
      name: 'parts of the schema',
      checked: compared.compared,
      violations: [
        ...compared.missing.map((part) => found(part, 'it is missing')),
        ...compared.unexpected.map((part) => found(part, 'no migration makes it')),
        ...compared.unknown.map((step) => found(`migration ${step}`, 'this release does not know it: a later one has been here')),
        ...(mayBePending
          ? []
          : compared.pending.map((step) => found(`migration ${step}`, 'it is not applied: npm run db:migrate-safe'))),
      ],
    };
    const keys = await checkForeignKeys(client);
    const foreignKeys: NamedFinding = {
      name: 'foreign keys',
      checked: keys.length,
      violations: keys.flatMap(({ name, table, isValidated, dangling }) => [
        ...(isValidated ? [] : [{ invariant: FOREIGN_KEYS, record: `${table}.${name}`, message: 'it was never validated' }]),
        ...(dangling === 0
          ? []
          : [{ invariant: FOREIGN_KEYS, record: `${table}.${name}`, message: `${dangling} rows point at nothing` }]),
      ]),
    };
    return { findings: [schema, foreignKeys], counts: await countRows(client) };
  } finally {
    await client.end();
  }
}

/** Checks what the database tells by itself while nothing runs on it: what is still on its way is no violation. */
export async function auditDatabaseAtRest(db: Pool): Promise<NamedFinding[]> {
  const findings = [];
  for (const [name, check] of DATABASE_INVARIANTS) findings.push({ name, ...(await check({ db, isAtRest: true })) });
  return findings;
}
