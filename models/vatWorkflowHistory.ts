import type { InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import { VAT_STAGES } from '../domain/filings/stages';
import type { VatStage } from '../domain/filings/stages';
import { id, oneOf, requiredOneOf } from './columns';
import type { Database } from './database';
import { HistoryModel, historyColumns } from './historyModel';
import type { User } from './user';
import type { VATQuarter } from './vatQuarter';

/** One move of a VAT quarter. */
export class VATWorkflowHistory extends HistoryModel<
  InferAttributes<VATWorkflowHistory>,
  InferCreationAttributes<VATWorkflowHistory>
> {
  declare fromStage: VatStage | null;
  declare toStage: VatStage;

  declare vatQuarter?: NonAttribute<VATQuarter>;
  declare user?: NonAttribute<User | null>;

  static define(sequelize: Sequelize): typeof VATWorkflowHistory {
    return class extends VATWorkflowHistory {}.init(
      { id: id(), ...historyColumns(), fromStage: oneOf(VAT_STAGES), toStage: requiredOneOf(VAT_STAGES) },
      { sequelize, modelName: 'VATWorkflowHistory', tableName: 'vat_workflow_history', underscored: true, timestamps: false },
    );
  }

  static associate(db: Database): void {
    db.VATWorkflowHistory.belongsTo(db.VATQuarter, { as: 'vatQuarter', foreignKey: 'filingId' });
    db.VATWorkflowHistory.belongsTo(db.User, { as: 'user', foreignKey: 'userId' });
  }
}
