import { DataTypes } from 'sequelize';
import type { ModelAttributeColumnOptions } from 'sequelize';
import { newId } from './ids';

/** JSON as JSONB holds it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Primary key, made here so that a row's id is known before it is written. */
export const id = { type: DataTypes.TEXT, primaryKey: true, defaultValue: newId } satisfies ModelAttributeColumnOptions;

export const text = { type: DataTypes.TEXT, allowNull: true } satisfies ModelAttributeColumnOptions;
export const requiredText = { type: DataTypes.TEXT, allowNull: false } satisfies ModelAttributeColumnOptions;
export const textArray = { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: true } satisfies ModelAttributeColumnOptions;

/** A calendar date, 'YYYY-MM-DD', without a time of day or zone. */
export const calendarDate = { type: DataTypes.DATEONLY, allowNull: true } satisfies ModelAttributeColumnOptions;
export const requiredDate = { type: DataTypes.DATEONLY, allowNull: false } satisfies ModelAttributeColumnOptions;

/** A moment, to the millisecond. */
export const instant = { type: DataTypes.DATE(3), allowNull: true } satisfies ModelAttributeColumnOptions;
export const requiredInstant = { type: DataTypes.DATE(3), allowNull: false } satisfies ModelAttributeColumnOptions;

export const integer = { type: DataTypes.INTEGER, allowNull: true } satisfies ModelAttributeColumnOptions;
export const requiredInteger = { type: DataTypes.INTEGER, allowNull: false } satisfies ModelAttributeColumnOptions;
export const counter = { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 } satisfies ModelAttributeColumnOptions;

export const json = { type: DataTypes.JSONB, allowNull: true } satisfies ModelAttributeColumnOptions;
export const requiredJson = { type: DataTypes.JSONB, allowNull: false } satisfies ModelAttributeColumnOptions;

export const off = { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false } satisfies ModelAttributeColumnOptions;
export const on = { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true } satisfies ModelAttributeColumnOptions;

/** One of a closed list of values, of which the database knows the same. */
export function oneOf(values: readonly string[]): ModelAttributeColumnOptions {
  return { type: DataTypes.ENUM(...values), allowNull: true };
}

export function requiredOneOf(values: readonly string[]): ModelAttributeColumnOptions {
  return { type: DataTypes.ENUM(...values), allowNull: false };
}

/** The same column under a name that does not follow from the attribute's. */
export function named(field: string, column: ModelAttributeColumnOptions): ModelAttributeColumnOptions {
  return { ...column, field };
}
