import { filterFieldOf, OPERATORS_BY_TYPE } from '../../domain/clients/filterFields';
import type { FilterField, FilterFieldType } from '../../domain/clients/filterFields';
import { filterValueCount } from '../../domain/clients/filterWords';
import { askedFilter, editedFilter, filterQuery, readFilter, stateOf } from '../../web/clients/filter/filterState';
import { ApiServer } from '../harness/apiServer';
import type { FormVisitor } from './formVisitor';
import { signedIn } from './signedIn';

let server: ApiServer;
let visitor: FormVisitor;
let userId: string;

beforeAll(async () => {
  server = await ApiServer.start();
  ({ visitor, id: userId } = await signedIn(server, 'Filtering Person', 'MANAGER'));
}, 60_000);

afterAll(() => server.stop());

/** One field of each kind. */
const FIELDS: FilterField[] = [
  'companyName',
  'numberOfEmployees',
  'nextYearEnd',
  'createdAt',
  'isVatEnabled',
  'vatQuarterGroup',
  'assignedUserId',
  'sicCodes',
  'chaseTeamUserIds',
  'officers',
];

const VALUES: Partial<Record<FilterFieldType, string>> = {
  text: 'ltd',
  number: '5',
  date: '2026-03-31',
  instant: '2026-03-31',
  boolean: 'true',
  list: '62012',
};

function valueOf(field: FilterField): string {
  const { type, choices, isOfUsers } = filterFieldOf(field);
  if (choices) return choices[0] ?? '';
  if (type === 'user' || isOfUsers) return userId;
  return VALUES[type] ?? '';
}

it('has a field of each type to try', () => {
  expect(new Set(FIELDS.map((field) => filterFieldOf(field).type))).toEqual(new Set(Object.keys(OPERATORS_BY_TYPE)));
});

it.each(FIELDS)('asks the API with every operator that %s takes', async (field) => {
  for (const operator of OPERATORS_BY_TYPE[filterFieldOf(field).type]) {
    const query = new URLSearchParams({ '1.1.field': field, '1.1.is': operator });
    if (filterValueCount(operator) !== 'NONE') query.set('1.1.value', valueOf(field));
    if (filterValueCount(operator) === 'TWO') query.set('1.1.to', valueOf(field));
    const { status, html } = await visitor.open(`/clients?${query.toString()}`);
    expect({ operator, status, isFound: /role="status">(One client|\d+ clients)</.test(html) }).toEqual({
      operator,
      status: 200,
      isFound: true,
    });
    expect(html).not.toContain('Counts once it is filled in');
  }
});

it('writes what a form sends as an address that says the same', async () => {
  const sent = new URLSearchParams([
    ['edit', 'true'],
    ['search', 'acme'],
    ['page', '3'],
    ['1.match', 'OR'],
    ['1.1.field', 'vatQuarterGroup'],
    ['1.1.is', 'in'],
    ['1.1.value', 'A'],
    ['1.1.value', 'C'],
    ['1.2.field', 'nextYearEnd'],
  ]);
  const { status, to } = await visitor.open(`/clients?${sent.toString()}`);
  expect(status).toBe(303);
  expect(Object.fromEntries(new URL(to ?? '', server.url).searchParams)).toEqual({
    search: 'acme',
    '1.match': 'OR',
    '1.1.field': 'vatQuarterGroup',
    '1.1.is': 'in',
    '1.1.value': 'A\nC',
    '1.2.field': 'nextYearEnd',
    '1.2.is': 'lessThanOrEqual',
  });
  expect((await visitor.open(to ?? '')).status).toBe(200);
});

it('asks the API for what is filled in, and knows where each condition stands in the form', () => {
  const query = new URLSearchParams([
    ['match', 'OR'],
    ['1.1.field', 'companyName'],
    ['1.1.is', 'contains'],
    ['1.2.field', 'nextYearEnd'],
    ['1.2.is', 'between'],
    ['1.2.value', '2026-01-01'],
    ['1.2.to', '2026-12-31'],
    ['2.match', 'AND'],
    ['3.1.field', 'notes'],
    ['3.1.is', 'empty'],
  ]);
  const asked = askedFilter(readFilter(query));
  expect(asked?.filter).toEqual({
    groupOperator: 'OR',
    groups: [
      {
        operator: 'AND',
        conditions: [{ field: 'nextYearEnd', operator: 'between', value: '2026-01-01', value2: '2026-12-31' }],
      },
      { operator: 'AND', conditions: [{ field: 'notes', operator: 'empty' }] },
    ],
  });
  expect(Object.fromEntries(asked?.places ?? [])).toEqual({
    'groups.0.conditions.0': '1.2',
    'groups.1.conditions.0': '3.1',
  });
});

it('keeps of an operator that is changed the values that the other one takes', () => {
  const edited = (operator: string): unknown =>
    filterQuery(
      editedFilter(
        new URLSearchParams([
          ['1.1.field', 'numberOfEmployees'],
          ['1.1.is', operator],
          ['1.1.value', '5\r\n6'],
          ['1.1.to', '9'],
        ]),
      ),
    );
  const about = { '1.1.field': 'numberOfEmployees' };
  expect(edited('in')).toEqual({ ...about, '1.1.is': 'in', '1.1.value': '5\n6' });
  expect(edited('lessThan')).toEqual({ ...about, '1.1.is': 'lessThan', '1.1.value': '5' });
  expect(edited('between')).toEqual({ ...about, '1.1.is': 'between', '1.1.value': '5', '1.1.to': '9' });
  expect(edited('empty')).toEqual({ ...about, '1.1.is': 'empty' });
});

it('shows what a program saved in other words', () => {
  const state = stateOf({
    groupOperator: 'AND',
    groups: [
      {
        operator: 'OR',
        conditions: [
          { field: 'assignedUserId', operator: 'equals', value: null },
          { field: 'companyStatus', operator: 'notEquals', value: ['active', 'open'] },
          { field: 'numberOfEmployees', operator: 'between', value: 1, value2: 5 },
          { field: 'notes', operator: 'isNotEmpty' },
        ],
      },
    ],
  });
  expect(state.groups[0]?.conditions).toEqual([
    { field: 'assignedUserId', operator: 'empty', values: [], value2: '' },
    { field: 'companyStatus', operator: 'notIn', values: ['active', 'open'], value2: '' },
    { field: 'numberOfEmployees', operator: 'between', values: ['1'], value2: '5' },
    { field: 'notes', operator: 'notEmpty', values: [], value2: '' },
  ]);
});

it('shows archived clients too where the filter itself asks who is active', async () => {
  const { html } = await visitor.open('/clients?1.1.field=isActive&1.1.is=equals&1.1.value=false');
  expect(html).toContain('<option value="all" selected="">All</option>');
});

it('names what the whole filter lacks', async () => {
  const query = new URLSearchParams();
  for (let condition = 1; condition <= 21; condition++) {
    query.set(`1.${condition}.field`, 'notes');
    query.set(`1.${condition}.is`, 'empty');
  }
  expect((await visitor.open(`/clients?${query.toString()}`)).html).toContain('At most 20 conditions in a group.');
});
