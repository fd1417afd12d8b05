import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import type { Client } from './client';
import { id, instant, json, requiredText, text } from './columns';
import type { Json } from './columns';
import type { Database } from './database';
import type { User } from './user';

/** Who did what, when. Rows are added and never changed or removed. */
export class ActivityLog extends Model<InferAttributes<ActivityLog>, InferCreationAttributes<ActivityLog>> {
  declare id: CreationOptional<string>;
  /** CLIENT_CREATED, USER_ASSIGNED, … */
  declare action: string;
  declare timestamp: CreationOptional<Date>;
  declare userId: string | null;
  declare clientId: string | null;
  declare details: { [key: string]: Json } | null;
  /** When the database took the row in, for the sealer of the audit chain. */
  declare recordedAt: CreationOptional<Date>;

  declare user?: NonAttribute<User | null>;
  declare client?: NonAttribute<Client | null>;

  static define(sequelize: Sequelize): typeof ActivityLog {
    return class extends ActivityLog {}.init(
      {
        id: id(),
        action: requiredText(),
        timestamp: { type: DataTypes.DATE(3), allowNull: false, defaultValue: DataTypes.NOW },
        userId: text(),
        clientId: text(),
        details: json(),
        recordedAt: instant(),
      },
      { sequelize, modelName: 'ActivityLog', tableName: 'activity_logs', underscored: true, timestamps: false },
    );
  }

  static associate(db: Database): void {
    db.ActivityLog.belongsTo(db.User, { as: 'user', foreignKey: 'userId' });
    db.ActivityLog.belongsTo(db.Client, { as: 'client', foreignKey: 'clientId' });
  }
}
