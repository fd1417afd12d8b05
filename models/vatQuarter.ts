import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import type { IsoDate } from '../domain/calendar/dates';
import { VAT_QUARTER_GROUPS } from '../domain/clients/clientFields';
import type { VatQuarterGroup } from '../domain/clients/clientFields';
import { VAT_STAGES } from '../domain/filings/stages';
import type { VatStage } from '../domain/filings/stages';
import type { Client } from './client';
import { id, instant, named, oneOf, requiredDate, requiredOneOf, requiredText, text } from './columns';
import type { Database } from './database';
import { FilingModel, filingColumns } from './filingModel';
import type { User } from './user';
import type { VATWorkflowHistory } from './vatWorkflowHistory';

/** One VAT return of a client: a quarter, a month, or a year of annual accounting. */
export class VATQuarter extends FilingModel<InferAttributes<VATQuarter>, InferCreationAttributes<VATQuarter>> {
  /** 2024-Q1; 2024-M01 for a month, 2024-YE for a year. */
  declare quarterPeriod: string;
  declare quarterStartDate: IsoDate;
  declare quarterEndDate: IsoDate;
  /** The group of the client; a monthly or yearly period has the letter of the month in which it ends. */
  declare quarterGroup: VatQuarterGroup;
  declare currentStage: CreationOptional<VatStage>;

  // Milestones: when each was first reached, and by whom.
  declare chaseStartedDate: Date | null;
  declare chaseStartedByUserId: string | null;
  declare chaseStartedByUserName: string | null;
  declare paperworkReceivedDate: Date | null;
  declare paperworkReceivedByUserId: string | null;
  declare paperworkReceivedByUserName: string | null;
  declare workStartedDate: Date | null;
  declare workStartedByUserId: string | null;
  declare workStartedByUserName: string | null;
  declare workFinishedDate: Date | null;
  declare workFinishedByUserId: string | null;
  declare workFinishedByUserName: string | null;
  declare sentToClientDate: Date | null;
  declare sentToClientByUserId: string | null;
  declare sentToClientByUserName: string | null;
  declare clientApprovedDate: Date | null;
  declare clientApprovedByUserId: string | null;
  declare clientApprovedByUserName: string | null;
  declare filedToHMRCDate: Date | null;
  declare filedToHMRCByUserId: string | null;
  declare filedToHMRCByUserName: string | null;

  declare client?: NonAttribute<Client>;
  declare assignedUser?: NonAttribute<User | null>;
  declare workflowHistory?: NonAttribute<VATWorkflowHistory[]>;

  static define(sequelize: Sequelize): typeof VATQuarter {
    return class extends VATQuarter {}.init(
      {
        id: id(),
        ...filingColumns(),
        quarterPeriod: requiredText(),
        quarterStartDate: requiredDate(),
        quarterEndDate: requiredDate(),
        quarterGroup: requiredOneOf(VAT_QUARTER_GROUPS),
        currentStage: oneOf(VAT_STAGES),
        chaseStartedDate: instant(),
        chaseStartedByUserId: text(),
        chaseStartedByUserName: text(),
        paperworkReceivedDate: instant(),
        paperworkReceivedByUserId: text(),
        paperworkReceivedByUserName: text(),
        workStartedDate: instant(),
        workStartedByUserId: text(),
        workStartedByUserName: text(),
        workFinishedDate: instant(),
        workFinishedByUserId: text(),
        workFinishedByUserName: text(),
        sentToClientDate: instant(),
        sentToClientByUserId: text(),
        sentToClientByUserName: text(),
        clientApprovedDate: instant(),
        clientApprovedByUserId: text(),
        clientApprovedByUserName: text(),
        filedToHMRCDate: named('filed_to_hmrc_date', instant()),
        filedToHMRCByUserId: named('filed_to_hmrc_by_user_id', text()),
        filedToHMRCByUserName: named('filed_to_hmrc_by_user_name', text()),
      },
      { sequelize, modelName: 'VATQuarter', tableName: 'vat_quarters', underscored: true },
    );
  }

  static associate(db: Database): void {
    db.VATQuarter.belongsTo(db.Client, { as: 'client', foreignKey: 'clientId' });
    db.VATQuarter.belongsTo(db.User, { as: 'assignedUser', foreignKey: 'assignedUserId' });
    db.VATQuarter.hasMany(db.VATWorkflowHistory, { as: 'workflowHistory', foreignKey: 'filingId' });
  }
}
