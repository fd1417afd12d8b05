import { decideChaseNow, dueReminders } from '../../domain/chasing/reminders';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import type { FilingRecord, ReminderRecords, Unsent } from '../../domain/filings/record';
import type { RecordContext } from '../../domain/filings/records';
import { chaseNowRecords, quietRecord, reminderRecords, SYSTEM_ACTOR, unsentRecord } from '../../domain/filings/records';
import { loadFiling } from '../../models/filings/loadFiling';
import { recordDecision } from '../../models/filings/recordDecision';
import { recordReminder } from '../../models/filings/recordReminder';
import type { TestDatabase } from '../harness/database';
import { createTestDatabase } from '../harness/database';
import { makeClient, makeVatQuarter } from '../harness/practice';

const QUARTER = { period: '2036-Q1', start: '2036-01-01', end: '2036-03-31', due: '2036-05-07' };
const NO_ADDRESS: Unsent = { outcome: 'unsendable', reason: 'NO_ADDRESS' };

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

interface DueReminder {
  context: RecordContext;
  records: ReminderRecords;
  unsent: (because: Unsent) => FilingRecord;
  record: (records: ReminderRecords) => ReturnType<typeof recordReminder>;
  /** What the database has: the filing's revision and stage, its e-mails, and the first row of its ledger. */
  stored: () => Promise<string>;
  setAddress: (address: string) => Promise<unknown>;
}

/** A first reminder that is due, of a client without an address. */
async function dueWithoutAddress(): Promise<DueReminder> {
  const { pool } = database.db;
  const client = await makeClient(database.db, 'No Address Ltd', { contactEmail: '' });
  const { kind, filingId, workflowId } = await makeVatQuarter(database.db, client, QUARTER);
  const { state, rules } = await loadFiling(pool, kind, filingId, true);
  const definition = FILING_DEFINITIONS[kind];
  const opened = quietRecord({ definition, rules, before: state, now: Date.parse('2036-03-31T12:00:00Z') }, 'opened', {});
  await recordDecision(pool, 'a-run', opened);
  const context = { definition, rules, before: opened.state, now: Date.parse('2036-04-01T09:00:00Z') };
  const due = dueReminders(opened.state.plan, rules, context.now);
  const { clientEmail } = due;
  if (!clientEmail) throw new Error('No reminder is due');
  return {
    context,
    records: reminderRecords(context, due, clientEmail),
    unsent: (because) => unsentRecord(context, due, clientEmail, because),
    record: (records) => recordReminder(pool, workflowId, 'a-run', records),
    setAddress: (address) => pool.query('UPDATE clients SET contact_email = $2 WHERE id = $1', [client.id, address]),
    stored: async () => {
      const { rows } = await pool.query<{ stored: string }>(
        `SELECT concat_ws(' ', f.revision, f.current_stage, (SELECT count(*) FROM email_logs e WHERE e.filing_id = f.id), r.status, r.reason,
           CASE WHEN r.email_id IS NOT NULL THEN 'listed' END) AS stored
         FROM vat_quarters f JOIN chase_reminders r ON r.filing_id = f.id
         WHERE f.id = $1 AND r.kind = 'PAPERWORK_REMINDER' ORDER BY r.planned_for, r.created_at LIMIT 1`,
        [filingId],
      );
      return rows[0]?.stored ?? '';
    },
  };
}

it('records nothing of a reminder that is not sent before it has the record for that', async () => {
  const due = await dueWithoutAddress();
  const before = await due.stored();
  expect(await due.record(due.records)).toEqual({ status: 'NOT_SENT', ...NO_ADDRESS });
  const taken: Unsent = { outcome: 'dayTaken', reason: 'CLIENT_ALREADY_EMAILED' };
  const other = { ...due.records, unsent: { ...taken, record: due.unsent(taken) } };
  expect(await due.record(other)).toEqual({ status: 'NOT_SENT', ...NO_ADDRESS });
  expect([before, await due.stored()]).toEqual(['1 PAPERWORK_PENDING_CHASE 0 PLANNED', before]);
});

it('records why a reminder is not sent, once', async () => {
  const due = await dueWithoutAddress();
  const records = { ...due.records, unsent: { ...NO_ADDRESS, record: due.unsent(NO_ADDRESS) } };
  expect(await due.record(records)).toEqual({ status: 'RECORDED', outcome: 'unsendable', emailIds: [] });
  expect(await due.record(records)).toMatchObject({ status: 'RECORDED', outcome: 'unsendable', state: { revision: 2 } });
  expect(await due.stored()).toBe('2 PAPERWORK_PENDING_CHASE 0 SUPPRESSED NO_ADDRESS');
});

it('sends a reminder after all where what kept it back is over by the second try', async () => {
  const due = await dueWithoutAddress();
  await due.setAddress('casey@example.com');
  const records = { ...due.records, unsent: { ...NO_ADDRESS, record: due.unsent(NO_ADDRESS) } };
  expect(await due.record(records)).toMatchObject({ status: 'RECORDED', outcome: 'sent', emailIds: [expect.any(String)] });
  expect(await due.stored()).toBe('2 PAPERWORK_CHASED 1 PLANNED listed');
});

it('counts a reminder by hand that a lost try recorded, though nothing may be sent to the client since', async () => {
  const due = await dueWithoutAddress();
  await due.setAddress('casey@example.com');
  const { definition, before, rules, now } = due.context;
  const decision = decideChaseNow(definition, before, rules, now);
  if (!decision.applied) throw new Error(decision.reason);
  const records = chaseNowRecords(due.context, decision, 'c-by-hand', SYSTEM_ACTOR);
  expect(await due.record(records)).toMatchObject({ status: 'RECORDED', outcome: 'sent' });
  await due.setAddress('');
  expect(await due.record(records)).toMatchObject({ status: 'RECORDED', outcome: 'sent', state: { stage: 'PAPERWORK_CHASED' } });
});
