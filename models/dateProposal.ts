import { Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import type { IsoDate } from '../domain/calendar/dates';
import { STATUTORY_DATES } from '../domain/companiesHouse/company';
import type { StatutoryDate } from '../domain/companiesHouse/company';
import { PROPOSAL_STATUSES } from '../domain/companiesHouse/proposal';
import type { ProposalStatus } from '../domain/companiesHouse/proposal';
import type { Client } from './client';
import { id, instant, oneOf, requiredDate, requiredInstant, requiredOneOf, requiredText, text } from './columns';
import type { Database } from './database';

/** A statutory date that an authority changed; it is in force once a person has accepted it. */
export class DateProposal extends Model<InferAttributes<DateProposal>, InferCreationAttributes<DateProposal>> {
  declare id: CreationOptional<string>;
  declare clientId: string;
  declare field: StatutoryDate;
  declare oldDate: IsoDate;
  declare newDate: IsoDate;
  /** The authority. */
  declare source: string;
  declare readAt: Date;
  declare status: CreationOptional<ProposalStatus>;
  declare decidedByUserId: string | null;
  declare decidedAt: Date | null;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;

  declare client?: NonAttribute<Client>;

  static define(sequelize: Sequelize): typeof DateProposal {
    return class extends DateProposal {}.init(
      {
        id: id(),
        clientId: requiredText(),
        field: requiredOneOf(STATUTORY_DATES),
        oldDate: requiredDate(),
        newDate: requiredDate(),
        source: requiredText(),
        readAt: requiredInstant(),
        status: oneOf(PROPOSAL_STATUSES),
        decidedByUserId: text(),
        decidedAt: instant(),
        createdAt: instant(),
        updatedAt: instant(),
      },
      { sequelize, modelName: 'DateProposal', tableName: 'date_proposals', underscored: true },
    );
  }

  static associate(db: Database): void {
    db.DateProposal.belongsTo(db.Client, { as: 'client', foreignKey: 'clientId' });
    db.DateProposal.belongsTo(db.User, { as: 'decidedBy', foreignKey: 'decidedByUserId' });
  }
}
