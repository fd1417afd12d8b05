import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { FILING_KINDS } from '../../domain/filings/stages';
import { planChasing } from '../../domain/chasing/plan';
import { londonInstant } from '../../domain/calendar/london';
import { normaliseCompanyNumber } from '../../domain/uk/companyNumber';
import { isNationalInsuranceNumber, isTaxpayerReference } from '../../domain/uk/personalNumbers';
import { checkVatNumber } from '../../domain/uk/vatNumber';
import { FILING_TABLES } from '../../models/filings/filingTables';
import { loadFiling } from '../../models/filings/loadFiling';
import { seedPractice } from '../../models/seed/seedPractice';
import { inTransaction } from '../../models/transaction';
import { historyIsWhole } from '../../services/audit/invariants/historyIsWhole';
import { remindersAreAccountedFor } from '../../services/audit/invariants/remindersAreAccountedFor';
import { openDueFilings } from '../../services/filings/openFilings';
import type { TestDatabase } from '../harness/database';
import { createTestDatabase } from '../harness/database';

const TODAY = '2026-03-17';
const CLIENTS = 2_000;

let test: TestDatabase;

const seed = (database: TestDatabase, options: { seed?: number; clients?: number; filings?: boolean } = {}): Promise<void> =>
  seedPractice({ adminUrl: database.adminUrl, today: TODAY, seed: 7, clients: CLIENTS, filings: true, ...options });

beforeAll(async () => {
  test = await createTestDatabase();
  await seed(test);
}, 60_000);

afterAll(() => test.drop());

/** What the database holds of the practice, without the times at which rows were written. */
async function contentOf({ db }: TestDatabase): Promise<unknown> {
  const tables = [
    'users',
    'clients',
    ...FILING_KINDS.flatMap((kind) => [FILING_TABLES[kind].table, FILING_TABLES[kind].historyTable]),
  ];
  const digests = tables.map(async (table) => {
    const { rows } = await db.pool.query<{ rows: number; digest: string }>(
      `SELECT count(*) AS rows, md5(string_agg((to_jsonb(t) - ARRAY['updated_at', 'recorded_at']
         - CASE WHEN to_jsonb(t) ? 'email' THEN 'created_at' ELSE '' END)::text, '' ORDER BY id)) AS digest FROM ${table} t
       WHERE id NOT LIKE 'csystem%'`,
    );
    return [table, rows[0]];
  });
  return Object.fromEntries(await Promise.all(digests));
}

it('makes the same practice of the same seed, and another of another', async () => {
  const [same, other] = [await createTestDatabase(), await createTestDatabase()];
  try {
    await seed(same);
    await seed(other, { seed: 8 });
    const content = await contentOf(test);
    expect(content).toMatchObject({ clients: { rows: CLIENTS } });
    expect(await contentOf(same)).toEqual(content);
    expect(await contentOf(other)).not.toEqual(content);
  } finally {
    await Promise.all([same.drop(), other.drop()]);
  }
}, 60_000);

it('gives numbers whose check digits hold, no company’s twice', async () => {
  const clients = await test.db.Client.findAll({ raw: true });
  for (const { vatNumber, utrNumber, nationalInsuranceNumber, companyNumber } of clients) {
    if (vatNumber !== null) expect([vatNumber, checkVatNumber(vatNumber).valid]).toEqual([vatNumber, true]);
    if (utrNumber !== null) expect([utrNumber, isTaxpayerReference(utrNumber)]).toEqual([utrNumber, true]);
    if (nationalInsuranceNumber !== null) {
      expect([nationalInsuranceNumber, isNationalInsuranceNumber(nationalInsuranceNumber)]).toEqual([
        nationalInsuranceNumber,
        true,
      ]);
    }
    if (companyNumber !== null) expect(normaliseCompanyNumber(companyNumber)).toBe(companyNumber);
  }
  const numbers = clients.flatMap(({ companyNumber }) => companyNumber ?? []);
  expect(numbers.length).toBeGreaterThan(CLIENTS / 2);
  expect(new Set(numbers).size).toBe(numbers.length);
});

describe.each(FILING_KINDS)('the filings of kind %s', (kind) => {
  const { table, historyTable } = FILING_TABLES[kind];
  const { stages } = FILING_DEFINITIONS[kind];

  it('are in every stage, some late, due in every month around the day', async () => {
    const { rows } = await test.db.pool.query<{ stage: string }>(`SELECT DISTINCT current_stage::text AS stage FROM ${table}`);
    expect(new Set(rows.map(({ stage }) => stage))).toEqual(new Set(stages.map(({ stage }) => stage)));
    const [totals] = (
      await test.db.pool.query<{ late: number; open: number; filed: number; months: number }>(
        `SELECT count(*) FILTER (WHERE NOT is_completed AND filing_due_date < $1) AS late, count(*) FILTER (WHERE NOT is_completed) AS open,
           count(*) FILTER (WHERE is_completed) AS filed, count(DISTINCT extract(month FROM filing_due_date)) AS months FROM ${table}`,
        [TODAY],
      )
    ).rows;
    expect(totals?.late).toBeGreaterThan(0);
    expect(totals?.late).toBeLessThan((totals?.open ?? 0) / 5);
    expect(totals?.filed).toBeGreaterThan(CLIENTS / 10);
    expect(totals?.months).toBeGreaterThanOrEqual(kind === 'VAT_QUARTER' ? 6 : 12);
  });

  it('have moved in order, and never on the day or later', async () => {
    const { rows } = await test.db.pool.query(
      `SELECT h.id FROM ${historyTable} h JOIN ${table} f ON f.id = h.filing_id
         LEFT JOIN ${historyTable} before ON before.filing_id = h.filing_id AND before.sequence = h.sequence - 1
       WHERE h.stage_changed_at >= $1::date OR h.stage_changed_at <= before.stage_changed_at OR h.stage_changed_at > f.stage_entered_at
         OR h.from_stage IS DISTINCT FROM coalesce(before.to_stage, 'PAPERWORK_PENDING_CHASE') OR h.days_in_previous_stage < 0`,
      [TODAY],
    );
    expect(rows).toEqual([]);
  });

  it('can be gone on with by their workflows', async () => {
    const { rows } = await test.db.pool.query<{ id: string }>(
      `SELECT DISTINCT ON (current_stage, waiting_for) id FROM ${table} WHERE NOT is_completed ORDER BY current_stage, waiting_for, id`,
    );
    for (const { id } of rows) {
      const { state, rules } = await loadFiling(test.db.pool, kind, id, true);
      const reached = stages.findIndex(({ stage }) => stage === state.stage);
      expect(state.sequence > 0).toBe(reached > 0);
      expect(state.chase.lastReminderOn !== null).toBe(state.milestones['chaseStarted'] !== undefined);
      const plan = planChasing(FILING_DEFINITIONS[kind], state, rules, londonInstant(TODAY, '08:00'));
      expect(plan.filter(({ plannedFor }) => plannedFor < TODAY)).toEqual([]);
    }
  });
});

it('keeps the invariants of histories and reminders', async () => {
  const system = { db: test.db.pool };
  const history = await historyIsWhole(system);
  expect(history.violations).toEqual([]);
  expect(history.checked).toBeGreaterThan(CLIENTS * 5);
  expect((await remindersAreAccountedFor(system)).violations).toEqual([]);
});

it('leaves nothing to open to the daily sweep', async () => {
  const clients = await test.db.Client.findAll({ attributes: ['id'], limit: 300 });
  const opener = { userId: null, name: 'sweep' };
  for (const { id } of clients) {
    expect(await inTransaction(test.db.pool, (client) => openDueFilings(client, id, TODAY, opener))).toEqual([]);
  }
});

it('makes no filings where none are asked for, and nothing of a seed that is there already', async () => {
  const bare = await createTestDatabase();
  try {
    await seed(bare, { clients: 50, filings: false });
    expect([await bare.db.VATQuarter.count(), await bare.db.LtdAccountsWorkflow.count()]).toEqual([0, 0]);
    await expect(seed(bare, { clients: 60 })).rejects.toThrow('The practice of seed 7 is in this database already');
    expect(await bare.db.Client.count()).toBe(50);
  } finally {
    await bare.drop();
  }
});
