import { Client, Connection } from '@temporalio/client';
import { Client as PostgresClient } from 'pg';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { TASK_QUEUE } from '../../settings/temporal';
import type { Filing } from './filings';
import { openQuarters } from './filings';
import type { Audit } from './liveSystem';
import { LiveSystem } from './liveSystem';
import { nextMove, settle } from './moves';

const ORPHAN = 'vat-quarter:NZ-0:without-a-row';

/** What the audit calls each invariant. */
const EQUAL = 'a filing’s row equals its workflow';
const WHOLE = 'one history row per move, none missing';
const ENDED = 'every request ends once';
const ACCOUNTED = 'every planned reminder is sent, suppressed or still to come';
const ANSWERED = 'an approval link counts while its filing waits for the client, and its answer is a move';
const CHAINED = 'the audit trail is append-only and its chain holds';
const RUNNING = 'every open filing has one running workflow, and every running one a filing';

jest.setTimeout(240_000);

let system: LiveSystem;
let owner: PostgresClient;
let connection: Connection;
let before: Audit;
let after: Audit;
/** What is wrong, by the name of the record that it is wrong with. */
const planted: Record<string, string> = {};

beforeAll(async () => {
  system = await LiveSystem.start();
  const partner = await system.partner();
  const filings = await openQuarters(system, partner, 9);
  for (const filing of filings) for (let move = 1; move <= 2; move += 1) await settle(partner, nextMove(filing));
  const [sent] = filings.slice(6);
  for (const stage of ['REVIEW_PENDING_PARTNER', 'EMAILED_TO_CLIENT']) {
    expect((await partner.post(`${sent?.path}/transitions`, { stage })).status).toBe(200);
  }
  owner = new PostgresClient(await system.databaseUrl('--admin'));
  await owner.connect();
  connection = await Connection.connect({ address: system.temporalAddress });
  await untilSealed();
  // What has only just been opened may still be on its way, so the audit is lenient about it.
  await owner.query(`UPDATE vat_quarters SET created_at = created_at - interval '1 hour'`);
  before = await system.audit();
  await plant(filings);
  after = await system.audit();
});

afterAll(async () => {
  await connection?.close();
  await owner?.end();
  await system?.stop();
});

/** Waits until the audit chain holds what happened so far. */
async function untilSealed(): Promise<void> {
  const operations = new Client({ connection, namespace: 'numericalz-operations' });
  await operations.schedule.getHandle('seal-audit-log').trigger();
  const unsealed = 'SELECT FROM activity_logs a WHERE NOT EXISTS (SELECT FROM audit_chain c WHERE c.row_id = a.id)';
  await system.until('all is sealed', async () => (await system.rows(unsealed)).length === 0, 60_000);
}

async function plant(filings: readonly Filing[]): Promise<void> {
  const [restaged, gap, stuck, unplanned, unsent, terminated, sent, moved, silent] = filings;
  if (!restaged || !gap || !stuck || !unplanned || !unsent || !terminated) throw new Error('Too few filings were opened');
  if (!sent || !moved || !silent) throw new Error('Too few filings were opened');
  await owner.query(`UPDATE vat_quarters SET current_stage = 'CLIENT_APPROVED' WHERE id = $1`, [restaged.id]);
  planted['restaged'] = restaged.workflowId;

  await owner.query('DELETE FROM vat_workflow_history WHERE filing_id = $1 AND sequence = 1', [gap.id]);
  planted['gap'] = gap.workflowId;

  const request = await changed(
    `UPDATE filing_requests SET status = 'PENDING', created_at = now() - interval '1 hour', sent_at = now()
     WHERE id = (SELECT id FROM filing_requests WHERE filing_id = $1 LIMIT 1) RETURNING id`,
    [stuck.id],
  );
  planted['stuck'] = `request ${request}`;

  await changed(
    `DELETE FROM chase_reminders
     WHERE id = (SELECT id FROM chase_reminders WHERE filing_id = $1 AND status = 'PLANNED' LIMIT 1) RETURNING id`,
    [unplanned.id],
  );
  planted['unplanned'] = unplanned.workflowId;

  const reminder = await changed(
    `INSERT INTO chase_reminders (id, filing_kind, filing_id, client_id, kind, planned_for, planned_at, recipient, policy_version, status)
     SELECT 'planted', 'VAT_QUARTER', id, client_id, 'PAPERWORK_REMINDER', current_date, now(), 'CLIENT', 0, 'SENT'
     FROM vat_quarters WHERE id = $1 RETURNING id`,
    [unsent.id],
  );
  planted['unsent'] = `reminder ${reminder}`;
  const unexplained = await changed(
    `INSERT INTO chase_reminders (id, filing_kind, filing_id, client_id, kind, planned_for, planned_at, recipient, policy_version, status)
     SELECT 'unexplained', 'VAT_QUARTER', id, client_id, 'STUCK', current_date, now(), 'ASSIGNED', 0, 'SUPPRESSED'
     FROM vat_quarters WHERE id = $1 RETURNING id`,
    [unsent.id],
  );
  planted['unexplained'] = `reminder ${unexplained}`;

  await plantLink('second', sent, null, null);
  planted['sentTwice'] = sent.workflowId;
  planted['outlived'] = `approval link ${await plantLink('outlived', moved, null, null)}`;
  planted['unanswered'] = `approval link ${await plantLink('unanswered', silent, 'now()', null)}`;
  const answer = await changed(
    `INSERT INTO filing_requests (id, idempotency_key, route, body_hash, kind, filing_id, workflow_id, type, payload, actor, status, decided_at)
     SELECT 'answer', 'answer', 'planted', '', 'VAT_QUARTER', id, workflow_id, 'clientDecision',
       '{"sendingId": "undone", "decision": "approved"}', '{}', 'APPLIED', now()
     FROM vat_quarters WHERE id = $1 RETURNING id`,
    [silent.id],
  );
  planted['undone'] = `approval link ${await plantLink('undone', silent, 'now()', answer)}`;
  planted['unlogged'] = `request ${answer}`;
  planted['stray'] = `approval link ${await changed(
    `INSERT INTO approval_links (id, decision_key, filing_kind, filing_id, client_id, sequence, sent_by_name, sent_at, expires_at, revoked_at)
     SELECT 'stray', 'stray', 'LTD_ACCOUNTS', id, client_id, 1, 'planted', now(), now(), now() FROM vat_quarters WHERE id = $1 RETURNING id`,
    [silent.id],
  )}`;

  // The first link: the audit follows the chain up to the first one that does not hold.
  const log = await changed(
    `UPDATE activity_logs SET details = '{"by": "hand"}'
     WHERE id = (SELECT row_id FROM audit_chain WHERE table_name = 'activity_logs' ORDER BY position LIMIT 1) RETURNING id`,
  );
  planted['rewritten'] = `activity_logs ${log}`;

  const temporal = new Client({ connection, namespace: 'numericalz' });
  await temporal.workflow.getHandle(terminated.workflowId).terminate('planted');
  planted['terminated'] = terminated.workflowId;
  await temporal.workflow.start(FILING_DEFINITIONS.VAT_QUARTER.workflowType, {
    workflowId: ORPHAN,
    taskQueue: TASK_QUEUE,
    args: [{ kind: 'VAT_QUARTER', filingId: 'unknown' }],
  });
  planted['orphan'] = ORPHAN;
}

/** An approval link of a filing’s last move that nobody revoked, answered or not; gives its id. */
async function plantLink(
  id: string,
  { id: filingId }: Filing,
  answeredAt: 'now()' | null,
  requestId: string | null,
): Promise<string> {
  return await changed(
    `INSERT INTO approval_links (id, decision_key, filing_kind, filing_id, client_id, sequence, sent_by_name, sent_at, expires_at,
       answered_at, request_id)
     SELECT $1, $1, 'VAT_QUARTER', id, client_id, sequence, 'planted', now(), now() + interval '30 days', ${answeredAt ?? 'NULL'}, $3
     FROM vat_quarters WHERE id = $2 RETURNING id`,
    [id, filingId, requestId],
  );
}

/** Changes one row as the tables' owner, who gets round the application; gives its id. */
async function changed(statement: string, values: unknown[] = []): Promise<string> {
  const { rows } = await owner.query<{ id: string }>(statement, values);
  const [row] = rows;
  if (!row) throw new Error(`Nothing was changed by ${statement}`);
  return row.id;
}

it('finds nothing on a system that nobody has tampered with', () => {
  expect(before).toEqual({ exitCode: 0, lines: expect.arrayContaining(['0 violations']) });
});

it.each([
  ['a stage that was changed by hand in the row', EQUAL, 'restaged'],
  ['a stage that no move led to', WHOLE, 'restaged'],
  ['a history row that was removed', WHOLE, 'gap'],
  ['a request that has been pending for an hour', ENDED, 'stuck'],
  ['a planned reminder whose row was removed', ACCOUNTED, 'unplanned'],
  ['a reminder that is sent without an e-mail', ACCOUNTED, 'unsent'],
  ['a reminder that was suppressed without a reason', ACCOUNTED, 'unexplained'],
  ['a second approval link of one filing', ANSWERED, 'sentTwice'],
  ['an approval link of a filing that does not wait for the client', ANSWERED, 'outlived'],
  ['an approval link that was answered without a decision', ANSWERED, 'unanswered'],
  ['an answer of the client that moved nothing', ANSWERED, 'undone'],
  ['an approval link without a filing', ANSWERED, 'stray'],
  ['a row of the activity log that was changed', CHAINED, 'rewritten'],
  ['an open filing whose workflow was terminated', RUNNING, 'terminated'],
  ['a running workflow without a filing', RUNNING, 'orphan'],
])('catches %s', (_defect, invariant, name) => {
  const found = `VIOLATION  ${invariant}: ${planted[name]}: `;
  expect(after.lines.filter((line) => line.startsWith(found))).toHaveLength(1);
});

it('fails for what was planted, and for nothing else', () => {
  const records = Object.values(planted);
  const violations = after.lines.filter((line) => line.startsWith('VIOLATION'));
  expect(violations.filter((line) => !records.some((record) => line.includes(`: ${record}: `)))).toEqual([]);
  expect(after).toEqual({ exitCode: 1, lines: expect.arrayContaining([`${violations.length} violations`]) });
});
