import type { Model, ModelStatic } from 'sequelize';
import type { Database } from '../database';

/** The values of a statement; each is written as $1, $2, … where it is used. */
export class Values {
  readonly list: unknown[] = [];

  /** Takes a value in and gives the placeholder that stands for it. */
  add(value: unknown): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }
}

/** `a AND b AND …`, or TRUE where there is nothing to ask. */
export function allOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'TRUE' : conditions.map((condition) => `(${condition})`).join(' AND ');
}

/** A percentile of a number of days, to one decimal. */
export function percentileOf(share: number, days: string, where = ''): string {
  return `round((percentile_cont(${share}) WITHIN GROUP (ORDER BY ${days}) ${where})::numeric, 1)::float8`;
}

/** Every column of a model under its attribute's name, for a SELECT over the alias; without those that are named in `except`. */
export function columnsOf(model: ModelStatic<Model>, alias: string, except: readonly string[] = []): string {
  return Object.entries(model.getAttributes())
    .filter(([attribute]) => !except.includes(attribute))
    .map(([attribute, { field }]) => `${alias}."${field ?? attribute}" AS "${attribute}"`)
    .join(', ');
}

/** The model of a table. Throws for a table that has none. */
export function modelOf({ sequelize }: Database, table: string): ModelStatic<Model> {
  const model = Object.values(sequelize.models).find((candidate) => candidate.tableName === table);
  if (!model) throw new RangeError(`There is no model of ${table}`);
  return model;
}

/** Who is assigned, as lists show it. */
export interface AssignedUser {
  id: string;
  name: string;
  email: string;
}

/** A joined user as one column, null where nobody is assigned. */
export function assignedUser(alias: string, name: string): string {
  return `CASE WHEN ${alias}.id IS NOT NULL
    THEN json_build_object('id', ${alias}.id, 'name', ${alias}.name, 'email', ${alias}.email) END AS "${name}"`;
}

/**
 * A text column as it is searched in: without regard to case, by rules that do not depend on the server's locale. What it is compared
 * with is folded by foldCase; an index on this very expression serves it.
 */
export function foldedText(column: string): string {
  return `lower(${column} COLLATE "en-x-icu")`;
}

/** A text as part of a LIKE pattern, where `%` and `_` are signs like any other. */
export function escapedPattern(text: unknown): string {
  return String(text).replace(/[\\%_]/g, '\\$&');
}
