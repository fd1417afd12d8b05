import type { Operand, TypedCondition, TypedFilter } from '../../domain/clients/advancedFilter';
import type { FilterField, FilterFieldType, FilterOperator } from '../../domain/clients/filterFields';
import { filterFieldOf } from '../../domain/clients/filterFields';
import type { Database } from '../database';
import { escapedPattern, foldedText } from './statement';
import type { Values } from './statement';

/** A client filter as a condition over the alias of `clients`; every value is a parameter of the statement. */
export function clientFilter(db: Database, { operator, groups }: TypedFilter, values: Values, alias: string): string {
  const parts = groups.map((group) =>
    group.conditions.map((condition) => `(${sqlOf(db, condition, values, alias)})`).join(` ${group.operator} `),
  );
  return parts.map((part) => `(${part})`).join(` ${operator} `);
}

/** SQL compares nothing with NULL, so that an empty field matches no condition but `empty`. */
function sqlOf(db: Database, { field, operator, operands }: TypedCondition, values: Values, alias: string): string {
  const { type } = filterFieldOf(field);
  const column = columnOf(db, field, alias);
  if (operator === 'empty') return isEmpty(type, column);
  if (operator === 'notEmpty') return `NOT (${isEmpty(type, column)})`;
  if (type === 'list') {
    // The column is jsonb or text[]; both can be asked whether they hold one of several texts.
    const isAmong = `${elementsOf(column, field)} && ${values.add(operands)}::text[]`;
    const asks = operator === 'contains' || operator === 'in';
    return asks ? isAmong : `NOT (${isEmpty(type, column)}) AND NOT (${isAmong})`;
  }
  const left = comparable(type, column);
  const comparison = compare(left, operator, operands, (value, isMany) => values.add(value) + castTo(type, isMany));
  // Empty text is no text, also where it would differ from what is asked for.
  return type === 'text' ? `${column} <> '' AND ${comparison}` : comparison;
}

const COMPARED: Partial<Record<FilterOperator, string>> = {
  equals: '=',
  notEquals: '<>',
  greaterThan: '>',
  greaterThanOrEqual: '>=',
  lessThan: '<',
  lessThanOrEqual: '<=',
};

function compare(
  left: string,
  operator: FilterOperator,
  operands: readonly Operand[],
  add: (value: unknown, isMany?: true) => string,
): string {
  const [first = '', second = ''] = operands;
  const pattern = escapedPattern(first);
  if (operator === 'in') return `${left} = ANY (${add(operands, true)})`;
  if (operator === 'notIn') return `${left} <> ALL (${add(operands, true)})`;
  if (operator === 'contains') return `${left} LIKE ${add(`%${pattern}%`)}`;
  if (operator === 'notContains') return `${left} NOT LIKE ${add(`%${pattern}%`)}`;
  if (operator === 'startsWith') return `${left} LIKE ${add(`${pattern}%`)}`;
  if (operator === 'endsWith') return `${left} LIKE ${add(`%${pattern}`)}`;
  if (operator === 'between') return `${left} BETWEEN ${add(first)} AND ${add(second)}`;
  const sign = COMPARED[operator];
  if (sign === undefined) throw new RangeError(`${operator} compares nothing`);
  return `${left} ${sign} ${add(first)}`;
}

/** What a value is sent as; a choice is compared as text, since each has an enum type of its own. */
const SQL_TYPES: Record<FilterFieldType, string> = {
  text: 'text',
  number: 'numeric',
  date: 'date',
  instant: 'date',
  boolean: 'boolean',
  choice: 'text',
  user: 'text',
  list: 'text',
  object: 'text',
};

function castTo(type: FilterFieldType, isMany = false): string {
  return `::${SQL_TYPES[type]}${isMany ? '[]' : ''}`;
}

function comparable(type: FilterFieldType, column: string): string {
  if (type === 'text') return foldedText(column);
  if (type === 'choice') return `${column}::text`;
  return type === 'instant' ? `(${column} AT TIME ZONE 'Europe/London')::date` : column;
}

function isEmpty(type: FilterFieldType, column: string): string {
  if (type === 'text') return `coalesce(${column}, '') = ''`;
  if (type === 'list' || type === 'object') return `coalesce(to_jsonb(${column}), 'null') IN ('null', '[]', '{}')`;
  return `${column} IS NULL`;
}

function elementsOf(column: string, field: FilterField): string {
  return field === 'sicCodes'
    ? `CASE WHEN jsonb_typeof(${column}) = 'array' THEN ARRAY(SELECT jsonb_array_elements_text(${column})) END`
    : column;
}

function columnOf(db: Database, field: FilterField, alias: string): string {
  const { field: column } = db.Client.getAttributes()[field];
  return `${alias}."${column ?? field}"`;
}
