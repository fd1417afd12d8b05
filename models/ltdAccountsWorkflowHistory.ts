import type { InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import { LTD_ACCOUNTS_STAGES } from '../domain/filings/stages';
import type { LtdAccountsStage } from '../domain/filings/stages';
import { id, oneOf, requiredOneOf } from './columns';
import type { Database } from './database';
import { HistoryModel, historyColumns } from './historyModel';
import type { LtdAccountsWorkflow } from './ltdAccountsWorkflow';
import type { User } from './user';

/** One move of a Ltd accounts filing. */
export class LtdAccountsWorkflowHistory extends HistoryModel<
  InferAttributes<LtdAccountsWorkflowHistory>,
  InferCreationAttributes<LtdAccountsWorkflowHistory>
> {
  declare fromStage: LtdAccountsStage | null;
  declare toStage: LtdAccountsStage;

  declare ltdAccountsWorkflow?: NonAttribute<LtdAccountsWorkflow>;
  declare user?: NonAttribute<User | null>;

  static define(sequelize: Sequelize): typeof LtdAccountsWorkflowHistory {
    return class extends LtdAccountsWorkflowHistory {}.init(
      { id: id(), ...historyColumns(), fromStage: oneOf(LTD_ACCOUNTS_STAGES), toStage: requiredOneOf(LTD_ACCOUNTS_STAGES) },
      {
        sequelize,
        modelName: 'LtdAccountsWorkflowHistory',
        tableName: 'ltd_accounts_workflow_history',
        underscored: true,
        timestamps: false,
      },
    );
  }

  static associate(db: Database): void {
    db.LtdAccountsWorkflowHistory.belongsTo(db.LtdAccountsWorkflow, { as: 'ltdAccountsWorkflow', foreignKey: 'filingId' });
    db.LtdAccountsWorkflowHistory.belongsTo(db.User, { as: 'user', foreignKey: 'userId' });
  }
}
