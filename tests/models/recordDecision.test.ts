import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { quietRecord } from '../../domain/filings/records';
import { loadFiling } from '../../models/filings/loadFiling';
import { recordDecision } from '../../models/filings/recordDecision';
import type { TestDatabase } from '../harness/database';
import { createTestDatabase } from '../harness/database';
import { makeClient, makeVatQuarter } from '../harness/practice';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

it('tells a second try what the first one committed, and when', async () => {
  const { db } = database;
  const quarter = { period: '2036-Q1', start: '2036-01-01', end: '2036-03-31', due: '2036-05-07' };
  const { kind, filingId } = await makeVatQuarter(db, await makeClient(db, 'Acme Ltd'), quarter);
  const { state, rules } = await loadFiling(db.pool, kind, filingId, true);
  const decide = (now: number): ReturnType<typeof recordDecision> => {
    const context = { definition: FILING_DEFINITIONS[kind], rules, before: state, now };
    return recordDecision(db.pool, 'a-run', quietRecord(context, 'one-decision', { paused: { until: null } }));
  };
  const first = Date.parse('2036-01-02T09:00:00.123Z');
  expect(await decide(first)).toEqual({ status: 'RECORDED' });
  expect(await decide(first + 5000)).toMatchObject({
    status: 'RECORDED',
    decidedAt: first,
    state: { filingId, paused: { until: null } },
  });
});
