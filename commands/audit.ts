import type { Database } from '../models';
import { createDatabase } from '../models';
import { auditDatabaseAtRest, auditSchema } from '../services/audit/auditDatabase';
import { auditPractice } from '../services/audit/auditPractice';
import type { NamedFinding } from '../services/audit/invariants/violation';
import { readSettings } from '../settings/readSettings';
import type { Settings } from '../settings/settings';
import { required } from '../settings/settings';
import { printFindings } from './printFindings';
import { runCommand } from './runCommand';
import { runningTemporal } from './runningTemporal';

/**
 * npm run db:audit [-- --database-only]: checks schema, foreign keys and the invariants on the running system; exit code 1 where
 * something does not hold. Without Temporal and a worker only what the database tells by itself can be checked.
 */
runCommand(async () => {
  const settings = readSettings();
  const db = createDatabase(required(settings, 'DATABASE_URL'), { applicationName: 'numericalz-audit' });
  try {
    const findings = [...(await schemaFindings(settings)), ...(await invariantFindings(settings, db))];
    const violations = printFindings(findings);
    console.log(`${violations} violations`);
    if (violations > 0) process.exitCode = 1;
  } finally {
    await db.close();
  }
});

async function schemaFindings({ DATABASE_ADMIN_URL: adminUrl }: Settings): Promise<NamedFinding[]> {
  if (adminUrl === undefined) {
    console.log('Not checked: schema and foreign keys, for which DATABASE_ADMIN_URL must name the owner of the tables.');
    return [];
  }
  const { findings, counts } = await auditSchema({ adminUrl });
  for (const { table, rows } of counts) console.log(`${String(rows).padStart(8)}  rows in ${table}`);
  return findings;
}

async function invariantFindings(settings: Settings, db: Database): Promise<NamedFinding[]> {
  if (process.argv.includes('--database-only')) return await auditDatabaseAtRest(db.pool);
  const temporal = await runningTemporal(settings);
  if ('missing' in temporal) {
    throw new Error(`${temporal.missing}: start it, or check the database alone with npm run db:audit -- --database-only`);
  }
  try {
    return await auditPractice({ db: db.pool, temporal: temporal.client });
  } finally {
    await temporal.close();
  }
}
