import * as fc from 'fast-check';
import type { FilterCondition, TypedFilter } from '../../domain/clients/advancedFilter';
import { parseFilter } from '../../domain/clients/advancedFilter';
import type { FilterField, FilterOperator } from '../../domain/clients/filterFields';
import { FILTER_FIELDS, filterFieldOf, isFilterField, OPERATORS_BY_TYPE } from '../../domain/clients/filterFields';
import type { Database } from '../../models';
import { listClients } from '../../models/queries/clientList';
import type { ClientRow } from '../../models/queries/clientRow';
import type { Viewer } from '../../models/queries/visibility';
import { matchesFilter } from '../domain/clients/matchesFilter';
import type { TestDatabase } from '../harness/database';
import { createTestDatabase } from '../harness/database';
import { makeUser } from '../harness/practice';

const CLIENTS = 60;
const FILTERS = 150;
const FIRST_PAGE = { page: 1, limit: 200 };
const SEED = 6;

/** Few values of each kind, so that filters find some clients and not others; the texts hold every sign that SQL treats specially. */
const TEXTS = [
  'Acme',
  'ACME',
  'acme ltd',
  '50% off',
  '50 off',
  'a_b',
  'aXb',
  'C:\\dir',
  "O'Neil",
  'Éclair',
  'éCLAIR',
  'ÑANDÚ',
  'ñandú',
  '',
  ' ',
];
const DATES = ['2024-03-30', '2024-03-31', '2024-04-01', '2024-12-31', '2025-01-01'];
const INSTANTS = [
  '2024-03-30T23:59:59.999Z',
  '2024-03-31T22:59:00Z',
  '2024-03-31T23:00:00Z',
  '2024-12-31T23:59:00Z',
  '2025-01-01T00:00:00Z',
];
const NUMBERS = [1900, 1999, 2000, 2024];
const AMOUNTS = ['0.00', '0.10', '0.30', '1234567.89', '9999999999999.99'];
const CODES = ['62012', '62020', '01110'];

let test: TestDatabase;
let db: Database;
let viewer: Viewer;
let users: string[];
let clients: ClientRow[];

beforeAll(async () => {
  test = await createTestDatabase();
  ({ db } = test);
  const people = [await makeUser(db, 'A', 'PARTNER'), await makeUser(db, 'B', 'STAFF')];
  users = people.map(({ id }) => id);
  viewer = { userId: users[0] ?? '', role: 'PARTNER' };
  const rows = fc.sample(fc.record(Object.fromEntries(fields().map((field) => [field, storedValue(field)]))), {
    numRuns: CLIENTS,
    seed: SEED,
  });
  for (const row of rows)
    await db.Client.build()
      .set({ ...row, ...required(row) })
      .save({ silent: true });
  clients = (await listClients(db, viewer, FIRST_PAGE)).rows;
}, 60_000);

afterAll(() => test.drop());

function fields(): FilterField[] {
  return Object.keys(FILTER_FIELDS).filter(isFilterField);
}

/** What the database insists on. */
function required(row: Record<string, unknown>): Record<string, unknown> {
  const name = row['companyName'];
  return {
    companyName: name === '' ? 'Nameless' : name,
    clientCode: undefined,
    companyNumber: undefined,
    vatDeregistrationDate: null,
    corporationTaxPeriodEnd: null,
  };
}

const NEVER_NULL = new Set<FilterField>([
  'companyName',
  'companyType',
  'contactName',
  'contactEmail',
  'isActive',
  'isVatEnabled',
  'chaseTeamUserIds',
  'corporationTaxStatus',
  'ctDueSource',
  'createdAt',
  'updatedAt',
]);

/** A value that a client can have in a field. */
function storedValue(field: FilterField): fc.Arbitrary<unknown> {
  const { type, choices } = filterFieldOf(field);
  const isNullable = !NEVER_NULL.has(field) && type !== 'boolean';
  const orNull = (values: readonly unknown[]): fc.Arbitrary<unknown> => fc.constantFrom(...values, ...(isNullable ? [null] : []));
  if (choices) return orNull(choices);
  if (type === 'text') return orNull(TEXTS);
  if (type === 'number') return orNull(field === 'annualTurnover' ? AMOUNTS : NUMBERS);
  if (type === 'date') return orNull(DATES);
  if (type === 'instant') return orNull(INSTANTS.map((instant) => new Date(instant)));
  if (type === 'boolean') return fc.boolean();
  if (type === 'user') return orNull(users);
  if (field === 'chaseTeamUserIds') return fc.subarray(users);
  if (type === 'list') return fc.oneof(fc.subarray(CODES), fc.constant(null));
  return field === 'registeredOfficeAddress' ? orNull([{}, { locality: 'Leeds' }]) : orNull([[], [{ name: 'Pat' }]]);
}

/** A value that somebody may ask for: not only what clients have. */
function askedValue(field: FilterField): fc.Arbitrary<string | number | boolean> {
  const { type, choices } = filterFieldOf(field);
  if (choices) return fc.constantFrom(...choices, ...choices.map((choice) => choice.toLowerCase()));
  if (type === 'text')
    return fc.constantFrom(...TEXTS.filter((text) => text !== ''), '%', '_', '\\', 'l', 'É', "'; --", 'nobody has this');
  if (type === 'number') return fc.constantFrom(...NUMBERS, ...AMOUNTS, '2000', '-5', 0.1);
  if (type === 'date' || type === 'instant') return fc.constantFrom(...DATES);
  if (type === 'boolean') return fc.constantFrom(true, false, 'true', 'FALSE');
  return fc.constantFrom(...users, ...CODES);
}

function anyCondition(): fc.Arbitrary<FilterCondition> {
  return fc
    .constantFrom(...fields())
    .chain((field) =>
      fc
        .constantFrom<FilterOperator>(...OPERATORS_BY_TYPE[filterFieldOf(field).type])
        .chain((operator) => condition(field, operator)),
    );
}

function condition(field: FilterField, operator: FilterOperator): fc.Arbitrary<FilterCondition> {
  const value = askedValue(field);
  if (operator === 'empty' || operator === 'notEmpty') return fc.constant({ field, operator });
  if (operator === 'in' || operator === 'notIn') {
    return fc.array(value, { minLength: 1, maxLength: 4 }).map((values) => ({ field, operator, value: values }));
  }
  if (operator !== 'between') return value.map((one) => ({ field, operator, value: one }));
  return fc.tuple(value, value).map(([a, b]) => {
    const isOrdered = filterFieldOf(field).type === 'number' ? Number(a) <= Number(b) : a <= b;
    return { field, operator, value: isOrdered ? a : b, value2: isOrdered ? b : a };
  });
}

function filters(): fc.Arbitrary<TypedFilter> {
  const operator = fc.constantFrom('AND' as const, 'OR' as const);
  const group = fc.record({ operator, conditions: fc.array(anyCondition(), { minLength: 1, maxLength: 4 }) });
  return fc.record({ groupOperator: operator, groups: fc.array(group, { minLength: 1, maxLength: 3 }) }).map((filter) => {
    const parsed = parseFilter(filter);
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
    return parsed.filter;
  });
}

async function found(advanced: TypedFilter): Promise<string[]> {
  const { rows, totalCount } = await listClients(db, viewer, { ...FIRST_PAGE, advanced });
  expect(totalCount).toBe(rows.length);
  return rows.map(({ id }) => id).toSorted();
}

function expected(filter: TypedFilter): string[] {
  return clients.flatMap((client) => (matchesFilter(filter, client) ? [client.id] : [])).toSorted();
}

it('has as many clients as it says, in all their variety', () => {
  expect(clients).toHaveLength(CLIENTS);
});

it('finds in the database what the same filter finds in memory', async () => {
  await fc.assert(
    fc.asyncProperty(filters(), async (filter) => expect(await found(filter)).toEqual(expected(filter))),
    { numRuns: FILTERS },
  );
});

it('asks about every field by every operator that it takes', async () => {
  for (const field of fields()) {
    for (const operator of OPERATORS_BY_TYPE[filterFieldOf(field).type]) {
      const conditions = fc.sample(condition(field, operator), { numRuns: 1, seed: SEED });
      const parsed = parseFilter({ groupOperator: 'AND', groups: [{ operator: 'AND', conditions }] });
      if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
      expect([field, operator, await found(parsed.filter)]).toEqual([field, operator, expected(parsed.filter)]);
    }
  }
});
