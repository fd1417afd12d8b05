import { Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import { BULK_KINDS, BULK_STATUSES } from '../domain/bulk/operations';
import type { BulkActor, BulkKind, BulkStatus, BulkWork } from '../domain/bulk/operations';
import type { ImportResult } from '../domain/clients/importResult';
import type { BulkOperationRecord } from './bulkOperationRecord';
import { id, instant, json, oneOf, requiredInteger, requiredJson, requiredOneOf, requiredText } from './columns';
import type { Database } from './database';
import type { User } from './user';

/** The same thing done to many records, followed to its end. */
export class BulkOperation extends Model<InferAttributes<BulkOperation>, InferCreationAttributes<BulkOperation>> {
  declare id: CreationOptional<string>;
  declare kind: BulkKind;
  declare work: BulkWork;
  declare userId: string;
  /** Who asked for it, as they were then. */
  declare actor: BulkActor;
  declare status: CreationOptional<BulkStatus>;
  declare total: number;
  /** The same key of the same person is the same operation. */
  declare idempotencyKey: string;
  declare bodyHash: string;
  /** What an import answered, and every repetition of it. */
  declare importResult: ImportResult | null;
  declare createdAt: CreationOptional<Date>;
  declare finishedAt: Date | null;

  declare user?: NonAttribute<User>;
  declare records?: NonAttribute<BulkOperationRecord[]>;

  static define(sequelize: Sequelize): typeof BulkOperation {
    return class extends BulkOperation {}.init(
      {
        id: id(),
        kind: requiredOneOf(BULK_KINDS),
        work: requiredJson(),
        userId: requiredText(),
        actor: requiredJson(),
        status: oneOf(BULK_STATUSES),
        total: requiredInteger(),
        idempotencyKey: requiredText(),
        bodyHash: requiredText(),
        importResult: json(),
        createdAt: instant(),
        finishedAt: instant(),
      },
      { sequelize, modelName: 'BulkOperation', tableName: 'bulk_operations', underscored: true, updatedAt: false },
    );
  }

  static associate(db: Database): void {
    db.BulkOperation.belongsTo(db.User, { as: 'user', foreignKey: 'userId' });
    db.BulkOperation.hasMany(db.BulkOperationRecord, { as: 'records', foreignKey: 'operationId' });
  }
}
