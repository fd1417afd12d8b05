import type { Model, ModelStatic } from 'sequelize';

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

/** Every column of a model under its attribute's name, for a SELECT over the alias; without those that are named in `except`. */
export function columnsOf(model: ModelStatic<Model>, alias: string, except: readonly string[] = []): string {
  return Object.entries(model.getAttributes())
    .filter(([attribute]) => !except.includes(attribute))
    .map(([attribute, { field }]) => `${alias}."${field ?? attribute}" AS "${attribute}"`)
    .join(', ');
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

/** An ILIKE pattern that finds a text anywhere, whatever signs it holds. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
