import { DataTypes } from 'sequelize';
import type { Database } from '../../models';

/** Turns fields of the Client model into columns and values for a statement; JSON is written as text, which JSONB reads. */
export function clientColumns(db: Database, fields: object): { columns: string[]; values: unknown[] } {
  const attributes = db.Client.getAttributes();
  const known = new Map(Object.entries(attributes).map(([name, attribute]) => [name, attribute]));
  const given = Object.entries(fields).flatMap(([name, value]) => {
    const attribute = known.get(name);
    if (!attribute) throw new RangeError(`A client has no field ${name}`);
    if (value === undefined) return [];
    const isJson = attribute.type instanceof DataTypes.JSONB && value !== null;
    return [{ column: attribute.field ?? name, value: isJson ? JSON.stringify(value) : value }];
  });
  return { columns: given.map(({ column }) => column), values: given.map(({ value }) => value) };
}
