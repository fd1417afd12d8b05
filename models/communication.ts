import { Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import { COMMUNICATION_TYPES } from '../domain/email';
import type { CommunicationType } from '../domain/email';
import type { Client } from './client';
import { id, instant, requiredOneOf, requiredText, text } from './columns';
import type { Database } from './database';
import type { User } from './user';

/** A message or call between the practice and a client. */
export class Communication extends Model<InferAttributes<Communication>, InferCreationAttributes<Communication>> {
  declare id: CreationOptional<string>;
  declare type: CommunicationType;
  declare subject: string;
  declare content: string;
  declare sentAt: Date | null;
  /** Goes out then. */
  declare scheduledAt: Date | null;
  declare clientId: string;
  declare sentByUserId: string | null;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;

  declare client?: NonAttribute<Client>;
  declare sentBy?: NonAttribute<User | null>;

  static define(sequelize: Sequelize): typeof Communication {
    return class extends Communication {}.init(
      {
        id: id(),
        type: requiredOneOf(COMMUNICATION_TYPES),
        subject: requiredText(),
        content: requiredText(),
        sentAt: instant(),
        scheduledAt: instant(),
        clientId: requiredText(),
        sentByUserId: text(),
        createdAt: instant(),
        updatedAt: instant(),
      },
      { sequelize, modelName: 'Communication', tableName: 'communications', underscored: true },
    );
  }

  static associate(db: Database): void {
    db.Communication.belongsTo(db.Client, { as: 'client', foreignKey: 'clientId' });
    db.Communication.belongsTo(db.User, { as: 'sentBy', foreignKey: 'sentByUserId' });
  }
}
