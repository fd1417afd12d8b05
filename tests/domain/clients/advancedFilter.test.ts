import type { FilterCondition } from '../../../domain/clients/advancedFilter';
import { parseFilter } from '../../../domain/clients/advancedFilter';

const parse = (condition: FilterCondition): ReturnType<typeof parseFilter> =>
  parseFilter({ groupOperator: 'AND', groups: [{ operator: 'OR', conditions: [condition] }] });

function understood(condition: FilterCondition): unknown {
  const parsed = parse(condition);
  return 'filter' in parsed ? parsed.filter.groups[0]?.conditions[0] : parsed.problems;
}

it.each<[FilterCondition, object]>([
  [
    { field: 'companyName', operator: 'contains', value: 'ACME' },
    { operator: 'contains', operands: ['acme'] },
  ],
  [
    { field: 'companyNumber', operator: 'startsWith', value: 123 },
    { operator: 'startsWith', operands: ['123'] },
  ],
  [
    { field: 'numberOfEmployees', operator: 'greaterThan', value: '12' },
    { operator: 'greaterThan', operands: [12] },
  ],
  [
    { field: 'annualTurnover', operator: 'between', value: '10.5', value2: 20 },
    { operator: 'between', operands: [10.5, 20] },
  ],
  [
    { field: 'nextYearEnd', operator: 'lessThan', value: '2024-02-29' },
    { operator: 'lessThan', operands: ['2024-02-29'] },
  ],
  [
    { field: 'isVatEnabled', operator: 'equals', value: 'TRUE' },
    { operator: 'equals', operands: [true] },
  ],
  [
    { field: 'companyType', operator: 'equals', value: 'limited_company' },
    { operator: 'equals', operands: ['LIMITED_COMPANY'] },
  ],
  [
    { field: 'vatQuarterGroup', operator: 'in', value: ['a', 'B'] },
    { operator: 'in', operands: ['A', 'B'] },
  ],
  [
    { field: 'companyStatus', operator: 'equals', value: ['active', 'open'] },
    { operator: 'in', operands: ['active', 'open'] },
  ],
  [
    { field: 'assignedUserId', operator: 'equals', value: null },
    { operator: 'empty', operands: [] },
  ],
  [
    { field: 'assignedUserId', operator: 'notEquals', value: null },
    { operator: 'notEmpty', operands: [] },
  ],
  [
    { field: 'notes', operator: 'isEmpty', value: '', value2: '' },
    { operator: 'empty', operands: [] },
  ],
])('understands %j', (condition, typed) => {
  expect(understood(condition)).toEqual({ field: condition.field, ...typed });
});

it.each<[FilterCondition, string, string]>([
  [
    { id: 'c7', field: 'password', operator: 'equals', value: 'x' },
    'field',
    'Condition “c7”: clients cannot be filtered by password',
  ],
  [{ field: '__proto__', operator: 'empty' }, 'field', 'Condition 1 of group 1: clients cannot be filtered by __proto__'],
  [
    { field: 'companyName', operator: 'constructor', value: 'x' },
    'operator',
    'Condition 1 of group 1: there is no operator constructor',
  ],
  [
    { field: 'isActive', operator: 'greaterThan', value: true },
    'operator',
    'Condition 1 of group 1: isActive takes equals, notEquals, not greaterThan',
  ],
  [
    { field: 'numberOfEmployees', operator: 'equals', value: 'twelve' },
    'value',
    'Condition 1 of group 1: numberOfEmployees is compared with a number of at most 15 digits',
  ],
  [
    { field: 'nextYearEnd', operator: 'equals', value: '2023-02-29' },
    'value',
    'Condition 1 of group 1: nextYearEnd is compared with a date that exists, like 2024-05-07',
  ],
  [
    { field: 'vatQuarterGroup', operator: 'equals', value: 'D' },
    'value',
    'Condition 1 of group 1: vatQuarterGroup is compared with A, B, C',
  ],
  [
    { field: 'companyName', operator: 'contains', value: '' },
    'value',
    'Condition 1 of group 1: a value is needed; to find what has none use the operator empty',
  ],
  [
    { field: 'companyName', operator: 'contains', value: ['a', 'b'] },
    'value',
    'Condition 1 of group 1: contains takes one value: use in for several',
  ],
  [{ field: 'companyName', operator: 'in', value: [] }, 'value', 'Condition 1 of group 1: a list of 1 to 200 values is needed'],
  [
    { field: 'nextYearEnd', operator: 'between', value: '2024-02-01', value2: '2024-01-01' },
    'value2',
    'Condition 1 of group 1: the range ends before it begins',
  ],
  [
    { field: 'nextYearEnd', operator: 'lessThan', value: '2024-02-01', value2: '2024-03-01' },
    'value2',
    'Condition 1 of group 1: only between takes a second value',
  ],
])('says what it cannot understand of %j', (condition, part, message) => {
  expect(parse(condition)).toEqual({ problems: [{ path: `groups.0.conditions.0.${part}`, message }] });
});
