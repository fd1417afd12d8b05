import { DataTypes } from 'sequelize';
import type { ModelAttributeColumnOptions } from 'sequelize';
import { newId } from './ids';

// Columns are made by functions because Sequelize writes the column's name into the object that it is given.

/** JSON as JSONB holds it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Primary key, made here so that a row's id is known before it is written. */
export const id = (): ModelAttributeColumnOptions => ({ type: DataTypes.TEXT, primaryKey: true, defaultValue: newId });

export const text = (): ModelAttributeColumnOptions => ({ type: DataTypes.TEXT });
export const requiredText = (): ModelAttributeColumnOptions => ({ type: DataTypes.TEXT, allowNull: false });
export const textArray = (): ModelAttributeColumnOptions => ({ type: DataTypes.ARRAY(DataTypes.TEXT) });

/** A calendar date, 'YYYY-MM-DD', without a time of day or zone. */
export const calendarDate = (): ModelAttributeColumnOptions => ({ type: DataTypes.DATEONLY });
export const requiredDate = (): ModelAttributeColumnOptions => ({ type: DataTypes.DATEONLY, allowNull: false });

/** A moment, to the millisecond. */
export const instant = (): ModelAttributeColumnOptions => ({ type: DataTypes.DATE(3) });
export const requiredInstant = (): ModelAttributeColumnOptions => ({ type: DataTypes.DATE(3), allowNull: false });

export const integer = (): ModelAttributeColumnOptions => ({ type: DataTypes.INTEGER });
export const requiredInteger = (): ModelAttributeColumnOptions => ({ type: DataTypes.INTEGER, allowNull: false });
export const counter = (): ModelAttributeColumnOptions => ({ type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 });

/** An exact decimal of at most `digits` digits, `places` of them behind the point; read as text. */
export const decimal = (digits: number, places: number): ModelAttributeColumnOptions => ({
  type: DataTypes.DECIMAL(digits, places),
});

export const json = (): ModelAttributeColumnOptions => ({ type: DataTypes.JSONB });
export const requiredJson = (): ModelAttributeColumnOptions => ({ type: DataTypes.JSONB, allowNull: false });

export const off = (): ModelAttributeColumnOptions => ({ type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false });
export const on = (): ModelAttributeColumnOptions => ({ type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true });

/** One of a closed list of values, of which the database knows the same. */
export const oneOf = (values: readonly string[]): ModelAttributeColumnOptions => ({ type: DataTypes.ENUM(...values) });
export const requiredOneOf = (values: readonly string[]): ModelAttributeColumnOptions => ({
  type: DataTypes.ENUM(...values),
  allowNull: false,
});

/** The same column under a name that does not follow from the attribute's. */
export const named = (field: string, column: ModelAttributeColumnOptions): ModelAttributeColumnOptions => ({ ...column, field });
