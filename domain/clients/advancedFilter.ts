import { isIsoDate } from '../calendar/dates';
import type { FilterField, FilterFieldType, FilterOperator } from './filterFields';
import { FILTER_OPERATORS, filterFieldOf, isFilterField, OPERATORS_BY_TYPE } from './filterFields';

export const MOST_GROUPS = 10;
export const MOST_CONDITIONS = 20;
export const MOST_VALUES = 200;
export const LONGEST_VALUE = 200;

export const GROUP_OPERATORS = ['AND', 'OR'] as const;
export type GroupOperator = (typeof GROUP_OPERATORS)[number];

type Scalar = string | number | boolean | null;

/** A condition as somebody sends it; numbers and dates may come as text. */
export interface FilterCondition {
  id?: string | undefined;
  field: string;
  operator: string;
  value?: Scalar | readonly Scalar[] | undefined;
  /** The end of a range, itself within it. */
  value2?: Scalar | undefined;
}

export interface FilterGroup {
  id?: string | undefined;
  operator: GroupOperator;
  conditions: readonly FilterCondition[];
}

/** The AdvancedFilter of data-models.md. */
export interface AdvancedFilter {
  id?: string | undefined;
  name?: string | undefined;
  groups: readonly FilterGroup[];
  groupOperator: GroupOperator;
}

/** Text is folded (see foldCase), dates are `YYYY-MM-DD`. */
export type Operand = string | number | boolean;

/** A condition that fits its field: no operand for empty and notEmpty, two for between, any number for in and notIn, else one. */
export interface TypedCondition {
  field: FilterField;
  operator: FilterOperator;
  operands: readonly Operand[];
}

export interface TypedFilter {
  operator: GroupOperator;
  groups: readonly { operator: GroupOperator; conditions: readonly TypedCondition[] }[];
}

/** What cannot be understood of a filter, and where in it. */
export interface FilterProblem {
  /** Like `groups.0.conditions.2.value`. */
  path: string;
  message: string;
}

/** Other names by which the operators are known. */
const ALIASES: Readonly<Record<string, FilterOperator>> = { isEmpty: 'empty', isNotEmpty: 'notEmpty' };
const EXACT_NUMBER = /^-?\d{1,15}(?:\.\d{1,6})?$/;
const MOST_DIGITS = 15;

/** Text as it is compared: without regard to case. */
export function foldCase(text: string): string {
  return text.toLowerCase();
}

/** Fits each condition to the type of its field; or says all that cannot be understood. */
export function parseFilter({ groups, groupOperator }: AdvancedFilter): { filter: TypedFilter } | { problems: FilterProblem[] } {
  const problems: FilterProblem[] = [];
  const typed = groups.map((group, groupIndex) => ({
    operator: group.operator,
    conditions: group.conditions.flatMap((condition, index) => {
      const path = `groups.${groupIndex}.conditions.${index}`;
      try {
        return [typedCondition(condition)];
      } catch (error) {
        if (!(error instanceof NotUnderstood)) throw error;
        const name = condition.id === undefined ? `${index + 1} of group ${groupIndex + 1}` : `“${condition.id}”`;
        problems.push({ path: `${path}.${error.part}`, message: `Condition ${name}: ${error.message}` });
        return [];
      }
    }),
  }));
  return problems.length > 0 ? { problems } : { filter: { operator: groupOperator, groups: typed } };
}

class NotUnderstood extends Error {
  constructor(
    readonly part: 'field' | 'operator' | 'value' | 'value2',
    message: string,
  ) {
    super(message);
  }
}

function typedCondition({ field, operator: given, value, value2 }: FilterCondition): TypedCondition {
  if (!isFilterField(field)) throw new NotUnderstood('field', `clients cannot be filtered by ${field}`);
  const operator = operatorFor(field, given, value);
  if (operator !== 'between' && !isAbsent(value2)) throw new NotUnderstood('value2', 'only between takes a second value');
  if (operator === 'empty' || operator === 'notEmpty') return { field, operator, operands: [] };
  if (operator === 'in' || operator === 'notIn') return { field, operator, operands: listOfOperands(field, value) };
  if (isList(value)) throw new NotUnderstood('value', `${operator} takes one value: use in for several`);
  const first = operandOf(field, value, 'value');
  if (operator !== 'between') return { field, operator, operands: [first] };
  const second = operandOf(field, value2, 'value2');
  if (second < first) throw new NotUnderstood('value2', 'the range ends before it begins');
  return { field, operator, operands: [first, second] };
}

/** The operator that is meant; equal to one of several is `in`, equal to nothing is `empty`. */
function operatorFor(field: FilterField, given: string, value: FilterCondition['value']): FilterOperator {
  const named = Object.hasOwn(ALIASES, given) ? ALIASES[given] : FILTER_OPERATORS.find((known) => known === given);
  if (named === undefined) throw new NotUnderstood('operator', `there is no operator ${given}`);
  const operator = meantBy(named, value);
  const allowed: readonly FilterOperator[] = OPERATORS_BY_TYPE[filterFieldOf(field).type];
  if (!allowed.includes(operator)) {
    throw new NotUnderstood('operator', `${field} takes ${allowed.join(', ')}, not ${given}`);
  }
  return operator;
}

function meantBy(operator: FilterOperator, value: FilterCondition['value']): FilterOperator {
  if (operator !== 'equals' && operator !== 'notEquals') return operator;
  const isEqual = operator === 'equals';
  if (value === null) return isEqual ? 'empty' : 'notEmpty';
  if (isList(value)) return isEqual ? 'in' : 'notIn';
  return operator;
}

function isList(value: FilterCondition['value']): value is readonly Scalar[] {
  return Array.isArray(value);
}

function isAbsent(value: Scalar | undefined): value is null | undefined | '' {
  return value === undefined || value === null || value === '';
}

function listOfOperands(field: FilterField, value: FilterCondition['value']): Operand[] {
  if (!isList(value) || value.length === 0 || value.length > MOST_VALUES) {
    throw new NotUnderstood('value', `a list of 1 to ${MOST_VALUES} values is needed`);
  }
  return value.map((one) => operandOf(field, one, 'value'));
}

function operandOf(field: FilterField, value: Scalar | undefined, part: 'value' | 'value2'): Operand {
  if (isAbsent(value)) throw new NotUnderstood(part, 'a value is needed; to find what has none use the operator empty');
  const operand = READ[filterFieldOf(field).type](value, field);
  if (operand === undefined) throw new NotUnderstood(part, `${field} is compared with ${wanted(field)}`);
  return operand;
}

function wanted(field: FilterField): string {
  const { type, choices } = filterFieldOf(field);
  if (choices) return choices.join(', ');
  return WANTED[type];
}

const WANTED: Record<FilterFieldType, string> = {
  text: `a text of at most ${LONGEST_VALUE} characters`,
  number: `a number of at most ${MOST_DIGITS} digits`,
  date: 'a date that exists, like 2024-05-07',
  instant: 'a date that exists, like 2024-05-07',
  boolean: 'true or false',
  choice: 'one of its values',
  user: 'the id of a user',
  list: 'one of its entries',
  object: 'nothing',
};

/** How a value is read for each type; undefined where it does not fit. */
const READ: Record<FilterFieldType, (value: string | number | boolean, field: FilterField) => Operand | undefined> = {
  text: (value) => {
    const text = shortText(value);
    return text === undefined ? undefined : foldCase(text);
  },
  number: readNumber,
  date: readDate,
  instant: readDate,
  boolean: (value) => {
    if (typeof value === 'boolean') return value;
    const word = foldCase(String(value));
    return word === 'true' ? true : word === 'false' ? false : undefined;
  },
  choice: (value, field) => filterFieldOf(field).choices?.find((choice) => foldCase(choice) === foldCase(String(value))),
  user: shortText,
  list: shortText,
  object: () => undefined,
};

function shortText(value: string | number | boolean): string | undefined {
  const text = typeof value === 'boolean' ? undefined : String(value);
  return text !== undefined && text.length <= LONGEST_VALUE ? text : undefined;
}

/** Fifteen digits are what a double holds exactly, so that database and memory compare alike. */
function readNumber(value: string | number | boolean): number | undefined {
  const text = typeof value === 'boolean' ? '' : String(value).trim();
  if (!EXACT_NUMBER.test(text) || text.replaceAll(/\D/g, '').length > MOST_DIGITS) return undefined;
  return Number(text);
}

function readDate(value: string | number | boolean): string | undefined {
  const text = String(value).trim();
  return isIsoDate(text) ? text : undefined;
}
