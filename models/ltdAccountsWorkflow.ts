import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import type { IsoDate } from '../domain/calendar/dates';
import { LTD_ACCOUNTS_STAGES } from '../domain/filings/stages';
import type { LtdAccountsStage } from '../domain/filings/stages';
import type { Client } from './client';
import { calendarDate, id, instant, named, oneOf, requiredDate, text } from './columns';
import type { Database } from './database';
import { FilingModel, filingColumns } from './filingModel';
import type { LtdAccountsWorkflowHistory } from './ltdAccountsWorkflowHistory';
import type { User } from './user';

/** The annual accounts and company tax return of one period of a limited company. */
export class LtdAccountsWorkflow extends FilingModel<
  InferAttributes<LtdAccountsWorkflow>,
  InferCreationAttributes<LtdAccountsWorkflow>
> {
  declare filingPeriodStart: IsoDate;
  declare filingPeriodEnd: IsoDate;
  declare accountsDueDate: IsoDate;
  /** Payment of Corporation Tax. */
  declare ctDueDate: IsoDate;
  /** Payment for what a period of more than twelve months has beyond its first year. */
  declare ctSecondDueDate: IsoDate | null;
  /** The CT600 return. */
  declare ctReturnDueDate: IsoDate | null;
  /** Confirmation statement. */
  declare csDueDate: IsoDate;
  declare currentStage: CreationOptional<LtdAccountsStage>;

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
  declare managerDiscussionDate: Date | null;
  declare managerDiscussionByUserId: string | null;
  declare managerDiscussionByUserName: string | null;
  declare partnerReviewDate: Date | null;
  declare partnerReviewByUserId: string | null;
  declare partnerReviewByUserName: string | null;
  declare reviewCompletedDate: Date | null;
  declare reviewCompletedByUserId: string | null;
  declare reviewCompletedByUserName: string | null;
  declare sentToClientDate: Date | null;
  declare sentToClientByUserId: string | null;
  declare sentToClientByUserName: string | null;
  declare clientApprovedDate: Date | null;
  declare clientApprovedByUserId: string | null;
  declare clientApprovedByUserName: string | null;
  declare partnerApprovedDate: Date | null;
  declare partnerApprovedByUserId: string | null;
  declare partnerApprovedByUserName: string | null;
  declare filedDate: Date | null;
  declare filedByUserId: string | null;
  declare filedByUserName: string | null;
  declare filedToCompaniesHouseDate: Date | null;
  declare filedToCompaniesHouseByUserId: string | null;
  declare filedToCompaniesHouseByUserName: string | null;
  declare filedToHMRCDate: Date | null;
  declare filedToHMRCByUserId: string | null;
  declare filedToHMRCByUserName: string | null;
  declare clientSelfFilingDate: Date | null;
  declare clientSelfFilingByUserId: string | null;
  declare clientSelfFilingByUserName: string | null;

  declare client?: NonAttribute<Client>;
  declare assignedUser?: NonAttribute<User | null>;
  declare workflowHistory?: NonAttribute<LtdAccountsWorkflowHistory[]>;

  static define(sequelize: Sequelize): typeof LtdAccountsWorkflow {
    return class extends LtdAccountsWorkflow {}.init(
      {
        id: id(),
        ...filingColumns(),
        filingPeriodStart: requiredDate(),
        filingPeriodEnd: requiredDate(),
        accountsDueDate: requiredDate(),
        ctDueDate: requiredDate(),
        ctSecondDueDate: calendarDate(),
        ctReturnDueDate: calendarDate(),
        csDueDate: requiredDate(),
        currentStage: oneOf(LTD_ACCOUNTS_STAGES),
        chaseStartedDate: instant(),
        chaseStartedByUserId: text(),
        chaseStartedByUserName: text(),
        paperworkReceivedDate: instant(),
        paperworkReceivedByUserId: text(),
        paperworkReceivedByUserName: text(),
        workStartedDate: instant(),
        workStartedByUserId: text(),
        workStartedByUserName: text(),
        managerDiscussionDate: instant(),
        managerDiscussionByUserId: text(),
        managerDiscussionByUserName: text(),
        partnerReviewDate: instant(),
        partnerReviewByUserId: text(),
        partnerReviewByUserName: text(),
        reviewCompletedDate: instant(),
        reviewCompletedByUserId: text(),
        reviewCompletedByUserName: text(),
        sentToClientDate: instant(),
        sentToClientByUserId: text(),
        sentToClientByUserName: text(),
        clientApprovedDate: instant(),
        clientApprovedByUserId: text(),
        clientApprovedByUserName: text(),
        partnerApprovedDate: instant(),
        partnerApprovedByUserId: text(),
        partnerApprovedByUserName: text(),
        filedDate: instant(),
        filedByUserId: text(),
        filedByUserName: text(),
        filedToCompaniesHouseDate: instant(),
        filedToCompaniesHouseByUserId: text(),
        filedToCompaniesHouseByUserName: text(),
        filedToHMRCDate: named('filed_to_hmrc_date', instant()),
        filedToHMRCByUserId: named('filed_to_hmrc_by_user_id', text()),
        filedToHMRCByUserName: named('filed_to_hmrc_by_user_name', text()),
        clientSelfFilingDate: instant(),
        clientSelfFilingByUserId: text(),
        clientSelfFilingByUserName: text(),
      },
      { sequelize, modelName: 'LtdAccountsWorkflow', tableName: 'ltd_accounts_workflows', underscored: true },
    );
  }

  static associate(db: Database): void {
    db.LtdAccountsWorkflow.belongsTo(db.Client, { as: 'client', foreignKey: 'clientId' });
    db.LtdAccountsWorkflow.belongsTo(db.User, { as: 'assignedUser', foreignKey: 'assignedUserId' });
    db.LtdAccountsWorkflow.hasMany(db.LtdAccountsWorkflowHistory, { as: 'workflowHistory', foreignKey: 'filingId' });
  }
}
