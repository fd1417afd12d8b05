import { londonDateOf } from '../../../domain/calendar/london';
import type { Operand, TypedCondition, TypedFilter } from '../../../domain/clients/advancedFilter';
import { foldCase } from '../../../domain/clients/advancedFilter';
import { filterFieldOf } from '../../../domain/clients/filterFields';

/**
 * Whether a client, as its row or answer has it, is found by a filter. What the database is asked for in SQL, said a second time in
 * plain code: the tests hold one against the other.
 */
export function matchesFilter({ operator, groups }: TypedFilter, client: object): boolean {
  const values = new Map<string, unknown>(Object.entries(client));
  const results = groups.map((group) => {
    const met = group.conditions.map((condition) => isMet(condition, values.get(condition.field)));
    return group.operator === 'AND' ? met.every(Boolean) : met.some(Boolean);
  });
  return operator === 'AND' ? results.every(Boolean) : results.some(Boolean);
}

/** An empty field matches nothing but `empty`. */
function isMet({ field, operator, operands }: TypedCondition, value: unknown): boolean {
  const { type } = filterFieldOf(field);
  if (isEmpty(value)) return operator === 'empty';
  if (operator === 'empty') return false;
  if (operator === 'notEmpty') return true;
  if (type === 'list') return isListMet(operator, operands, Array.isArray(value) ? value : []);
  return isScalarMet(operator, operands, comparable(type, value));
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  return typeof value === 'object' && !(value instanceof Date) && Object.keys(value).length === 0;
}

function comparable(type: string, value: unknown): Operand {
  if (type === 'number') return Number(value);
  if (type === 'instant') return londonDateOf(value instanceof Date ? value.getTime() : Date.parse(String(value)));
  if (type === 'boolean') return value === true;
  return type === 'text' ? foldCase(String(value)) : String(value);
}

function isListMet(operator: TypedCondition['operator'], operands: readonly Operand[], values: readonly unknown[]): boolean {
  const isAmong = operands.some((operand) => values.includes(operand));
  return operator === 'contains' || operator === 'in' ? isAmong : !isAmong;
}

function isScalarMet(operator: TypedCondition['operator'], operands: readonly Operand[], value: Operand): boolean {
  const [first = '', second = ''] = operands;
  switch (operator) {
    case 'equals':
    case 'in':
      return operands.includes(value);
    case 'notEquals':
    case 'notIn':
      return !operands.includes(value);
    case 'contains':
      return String(value).includes(String(first));
    case 'notContains':
      return !String(value).includes(String(first));
    case 'startsWith':
      return String(value).startsWith(String(first));
    case 'endsWith':
      return String(value).endsWith(String(first));
    case 'greaterThan':
      return value > first;
    case 'greaterThanOrEqual':
      return value >= first;
    case 'lessThan':
      return value < first;
    case 'lessThanOrEqual':
      return value <= first;
    case 'between':
      return value >= first && value <= second;
    default:
      return false;
  }
}
