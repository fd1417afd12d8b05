import { auditAnchorsHold } from '../../services/audit/invariants/auditAnchorsHold';
import { RunningPractice } from '../harness/runningPractice';

let practice: RunningPractice;

beforeAll(async () => {
  practice = await RunningPractice.start();
}, 90_000);

afterAll(() => practice.stop(), 60_000);

it('anchors the audit chain in the daily sweep’s own history, so that a tail that was cut off shows', async () => {
  const system = { db: practice.database.db.pool, temporal: practice.temporal };
  await practice.until(async () => (await practice.rows('SELECT FROM audit_chain LIMIT 1')).length > 0);
  await practice.temporal.schedule.getHandle('open-due-filings').trigger();
  await practice.until(async () => (await auditAnchorsHold(system)).checked === 1);
  expect((await auditAnchorsHold(system)).violations).toEqual([]);
  await practice.database.asOwner('DELETE FROM audit_chain WHERE position = (SELECT max(position) FROM audit_chain)');
  expect((await auditAnchorsHold(system)).violations).toHaveLength(1);
}, 120_000);
