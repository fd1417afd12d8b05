import { DataTypes, Model } from 'sequelize';
import type { InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';
import type { IsoDate } from '../domain/calendar/dates';
import { requiredInstant, requiredText } from './columns';

/** A bank holiday of England and Wales. */
export class BankHoliday extends Model<InferAttributes<BankHoliday>, InferCreationAttributes<BankHoliday>> {
  declare date: IsoDate;
  declare title: string;
  /** Where it was read. */
  declare source: string;
  declare readAt: Date;

  static define(sequelize: Sequelize): typeof BankHoliday {
    return class extends BankHoliday {}.init(
      {
        date: { type: DataTypes.DATEONLY, primaryKey: true },
        title: requiredText(),
        source: requiredText(),
        readAt: requiredInstant(),
      },
      { sequelize, modelName: 'BankHoliday', tableName: 'bank_holidays', underscored: true, timestamps: false },
    );
  }
}
