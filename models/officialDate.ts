import { DataTypes, Model } from 'sequelize';
import type { InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';
import type { IsoDate } from '../domain/calendar/dates';
import { STATUTORY_DATES } from '../domain/companiesHouse/company';
import type { StatutoryDate } from '../domain/companiesHouse/company';
import { requiredDate, requiredInstant, requiredText } from './columns';
import type { Database } from './database';

/** A statutory date of a client as an authority told it last, whatever date is in force here. */
export class OfficialDate extends Model<InferAttributes<OfficialDate>, InferCreationAttributes<OfficialDate>> {
  declare clientId: string;
  declare field: StatutoryDate;
  declare date: IsoDate;
  /** The authority. */
  declare source: string;
  declare readAt: Date;

  static define(sequelize: Sequelize): typeof OfficialDate {
    return class extends OfficialDate {}.init(
      {
        clientId: { type: DataTypes.TEXT, primaryKey: true },
        field: { type: DataTypes.ENUM(...STATUTORY_DATES), primaryKey: true },
        date: requiredDate(),
        source: requiredText(),
        readAt: requiredInstant(),
      },
      { sequelize, modelName: 'OfficialDate', tableName: 'official_dates', underscored: true, timestamps: false },
    );
  }

  static associate(db: Database): void {
    db.OfficialDate.belongsTo(db.Client, { as: 'client', foreignKey: 'clientId' });
  }
}
