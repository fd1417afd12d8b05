import { CompaniesHouse } from '../../services/companiesHouse/companiesHouse';
import { CompaniesHouseError } from '../../services/companiesHouse/companiesHouseError';
import { createDatabase } from '../../models';
import { COMPANIES_HOUSE_KEY, CompaniesHouseStandIn } from '../harness/companiesHouseStandIn';
import type { Misbehaviour } from '../harness/companiesHouseStandIn';
import { createTestDatabase } from '../harness/database';
import type { TestDatabase } from '../harness/database';
import { exampleCompany } from '../harness/exampleCompany';

const NUMBER = '01234567';
const NOW = { isBackground: false, longestWaitMs: 0 };

let standIn: CompaniesHouseStandIn;
let test: TestDatabase;

beforeAll(async () => {
  standIn = await CompaniesHouseStandIn.start();
  standIn.companies.set(NUMBER, exampleCompany(NUMBER));
  test = await createTestDatabase();
});

afterAll(async () => {
  await standIn.stop();
  await test.drop();
});

beforeEach(async () => {
  standIn.behave();
  standIn.requests.length = 0;
  await test.db.pool.query('DELETE FROM rate_limits');
});

function companiesHouse(pool = test.db.pool, callMs?: number): CompaniesHouse {
  const settings = { COMPANIES_HOUSE_API_KEY: COMPANIES_HOUSE_KEY, COMPANIES_HOUSE_BASE_URL: standIn.url };
  return new CompaniesHouse(settings, pool, callMs);
}

async function failureOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (refusal: unknown) => refusal,
  );
  return error instanceof CompaniesHouseError ? error.failure : String(error);
}

it.each<[string, Misbehaviour]>([
  ['is silent', 'silence'],
  ['drips a byte now and then', 'slowDrip'],
])('gives up an answer that %s', async (_case, misbehaviour) => {
  standIn.misbehave(misbehaviour);
  expect(await failureOf(companiesHouse(test.db.pool, 500).company(NUMBER, NOW))).toBe('UNREACHABLE');
});

it('lets all processes together send no more than is allowed, and people before what runs by itself', async () => {
  const other = createDatabase(test.url);
  const processes = [companiesHouse(), companiesHouse(other.pool)];
  const asked = (isBackground: boolean): Promise<string>[] =>
    Array.from({ length: 40 }, (_, index) => {
      const search = processes[index % 2]?.search('example', { page: 1, limit: 1 }, { isBackground, longestWaitMs: 0 });
      return failureOf(Promise.resolve(search));
    });
  await Promise.all(asked(true));
  expect(standIn.requests).toHaveLength(14);
  const people = await Promise.all(asked(false));
  expect(standIn.requests).toHaveLength(19);
  expect(new Set(people)).toEqual(new Set(['undefined', 'BUSY']));
  await other.close();
});

it.each([
  [{ 'retry-after': '30' }, 30],
  [{ 'retry-after': '99999' }, 300],
  [{ 'retry-after': 'later' }, 60],
  [{}, 60],
])('waits after a 429 with %j for %s seconds', async (headers, seconds) => {
  standIn.misbehave({ status: 429, headers });
  await expect(companiesHouse().company(NUMBER, NOW)).rejects.toMatchObject({ failure: 'BUSY', waitSeconds: seconds });
});

it('waits after a 429 until its window ends', async () => {
  standIn.misbehave({ status: 429, headers: { 'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 200) } });
  const refusal: unknown = await companiesHouse()
    .company(NUMBER, NOW)
    .catch((error: unknown) => error);
  expect(Object(refusal).waitSeconds).toBeGreaterThan(150);
});

it('keeps the key out of what it throws', async () => {
  standIn.misbehave('reset');
  const refusal: unknown = await companiesHouse()
    .company(NUMBER, NOW)
    .catch((error: unknown) => error);
  const { message, stack, cause } = Object(refusal);
  expect(JSON.stringify([message, stack, cause])).not.toContain(COMPANIES_HOUSE_KEY);
  expect(cause).toEqual(expect.any(String));
});
