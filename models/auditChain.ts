import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';
import { instant, requiredText } from './columns';

/** One link of the chain over the rows of the activity log and the histories. */
export class AuditChain extends Model<InferAttributes<AuditChain>, InferCreationAttributes<AuditChain>> {
  /** 1, 2, 3, … as text: a bigint does not fit a number. */
  declare position: string;
  declare tableName: string;
  declare rowId: string;
  declare rowHash: string;
  /** Hash of the link before, so that none can be taken out unseen. */
  declare previousHash: string;
  declare hash: string;
  /** When the linked row was recorded. */
  declare rowRecordedAt: Date;
  declare chainedAt: CreationOptional<Date>;

  static define(sequelize: Sequelize): typeof AuditChain {
    return class extends AuditChain {}.init(
      {
        position: { type: DataTypes.BIGINT, primaryKey: true },
        tableName: requiredText(),
        rowId: requiredText(),
        rowHash: requiredText(),
        previousHash: requiredText(),
        hash: requiredText(),
        rowRecordedAt: { type: DataTypes.DATE, allowNull: false },
        chainedAt: instant(),
      },
      { sequelize, modelName: 'AuditChain', tableName: 'audit_chain', underscored: true, timestamps: false },
    );
  }
}
