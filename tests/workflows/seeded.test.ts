import { FILING_KINDS } from '../../domain/filings/stages';
import { FILING_TABLES } from '../../models/filings/filingTables';
import { seedPractice } from '../../models/seed/seedPractice';
import { historyIsWhole } from '../../services/audit/invariants/historyIsWhole';
import { remindersAreAccountedFor } from '../../services/audit/invariants/remindersAreAccountedFor';
import type { TestFiling } from '../harness/practice';
import { actorOf } from '../harness/practice';
import { TimeSkippingPractice } from '../harness/timeSkipping';

const TODAY = '2036-03-17';
/** Enough for a filing in most stages of both kinds. */
const CLIENTS = 150;

let practice: TimeSkippingPractice;

beforeAll(async () => {
  practice = await TimeSkippingPractice.create();
  await practice.sleepUntil(TODAY, '08:00');
  await seedPractice({ adminUrl: practice.database.adminUrl, clients: CLIENTS, seed: 3, today: TODAY, filings: true });
}, 120_000);

afterAll(async () => {
  await practice.endFilings();
  await practice.close();
});

interface OpenRow extends TestFiling {
  stage: string;
  sequence: number;
}

/** An open filing of each stage that there is. */
async function oneOfEachStage(): Promise<OpenRow[]> {
  const found = FILING_KINDS.map((kind) =>
    practice.rows<OpenRow>(
      `SELECT DISTINCT ON (current_stage) '${kind}' AS kind, id AS "filingId", workflow_id AS "workflowId",
         current_stage::text AS stage, sequence FROM ${FILING_TABLES[kind].table} WHERE NOT is_completed ORDER BY current_stage, id`,
    ),
  );
  return (await Promise.all(found)).flat();
}

it('goes on with seeded filings from the rows that they have, by workflows like any other', async () => {
  const filings = await oneOfEachStage();
  expect(filings.length).toBeGreaterThan(12);
  for (const { stage, sequence, ...filing } of filings) {
    await practice.start(filing);
    expect(await practice.state(filing)).toMatchObject({ stage, sequence });
  }
  const waiting = filings.find(({ stage, kind }) => stage === 'WORK_IN_PROGRESS' && kind === 'VAT_QUARTER');
  if (!waiting) throw new Error('No quarter is in progress');
  const [partner] = await practice.rows<{ id: string; name: string }>(
    `SELECT id, name FROM users WHERE role = 'PARTNER' LIMIT 1`,
  );
  const mover = actorOf({ id: partner?.id ?? '', name: partner?.name ?? '', role: 'PARTNER' });
  expect(await practice.ask(waiting, 'stageTransition', { stage: 'QUERIES_PENDING' }, mover)).toMatchObject({
    status: 'APPLIED',
  });

  const system = { db: practice.database.db.pool };
  expect((await historyIsWhole(system)).violations).toEqual([]);
  expect((await remindersAreAccountedFor(system)).violations).toEqual([]);
}, 120_000);
