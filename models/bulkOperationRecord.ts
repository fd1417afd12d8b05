import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import { BULK_RECORD_STATUSES } from '../domain/bulk/operations';
import type { BulkRecordStatus } from '../domain/bulk/operations';
import type { AssignmentChange } from '../domain/clients/assignmentNotice';
import type { BulkOperation } from './bulkOperation';
import { json, oneOf, requiredText, text } from './columns';
import type { Database } from './database';

/** One record of a bulk operation, and what became of it. */
export class BulkOperationRecord extends Model<
  InferAttributes<BulkOperationRecord>,
  InferCreationAttributes<BulkOperationRecord>
> {
  declare operationId: string;
  /** Its place among the records, from 1. */
  declare position: number;
  /** Id of a client or filing. */
  declare recordId: string;
  /** What people know it by; null where there is none. */
  declare label: string | null;
  declare status: CreationOptional<BulkRecordStatus>;
  declare reason: string | null;
  /** What its filing was asked, where it was. */
  declare requestId: string | null;
  /** What people are told of at the end. */
  declare changes: AssignmentChange[] | null;

  declare operation?: NonAttribute<BulkOperation>;

  static define(sequelize: Sequelize): typeof BulkOperationRecord {
    return class extends BulkOperationRecord {}.init(
      {
        operationId: { type: DataTypes.TEXT, primaryKey: true },
        position: { type: DataTypes.INTEGER, primaryKey: true },
        recordId: requiredText(),
        label: text(),
        status: oneOf(BULK_RECORD_STATUSES),
        reason: text(),
        requestId: text(),
        changes: json(),
      },
      {
        sequelize,
        modelName: 'BulkOperationRecord',
        tableName: 'bulk_operation_records',
        underscored: true,
        timestamps: false,
      },
    );
  }

  static associate(db: Database): void {
    db.BulkOperationRecord.belongsTo(db.BulkOperation, { as: 'operation', foreignKey: 'operationId' });
    db.BulkOperationRecord.belongsTo(db.FilingRequest, { as: 'request', foreignKey: 'requestId' });
  }
}
