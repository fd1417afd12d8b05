import { Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import { COMMUNICATION_TYPES } from '../domain/email';
import type { CommunicationType } from '../domain/email';
import type { Client } from './client';
import { id, instant, requiredOneOf, requiredText, text } from './columns';
import type { Database } from './database';
import type { EmailLog } from './emailLog';
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
  /** Set when its time has come: from then on it can be neither moved nor cancelled. */
  declare emailId: CreationOptional<string | null>;
  declare cancelledAt: CreationOptional<Date | null>;
  /** Why no e-mail could be made of it. */
  declare failureReason: CreationOptional<string | null>;
  /** When its workflow was told of the time that is in the row. */
  declare timerSetAt: CreationOptional<Date | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;

  declare client?: NonAttribute<Client>;
  declare sentBy?: NonAttribute<User | null>;
  declare email?: NonAttribute<EmailLog | null>;

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
        emailId: text(),
        cancelledAt: instant(),
        failureReason: text(),
        timerSetAt: instant(),
        createdAt: instant(),
        updatedAt: instant(),
      },
      { sequelize, modelName: 'Communication', tableName: 'communications', underscored: true },
    );
  }

  static associate(db: Database): void {
    db.Communication.belongsTo(db.Client, { as: 'client', foreignKey: 'clientId' });
    db.Communication.belongsTo(db.EmailLog, { as: 'email', foreignKey: 'emailId' });
    db.Communication.belongsTo(db.User, { as: 'sentBy', foreignKey: 'sentByUserId' });
  }
}
