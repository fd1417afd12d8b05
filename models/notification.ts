import { Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import { FILING_KINDS } from '../domain/filings/stages';
import type { FilingKind } from '../domain/filings/stages';
import { NOTIFICATION_EMAILS } from '../domain/notifications/emailChoice';
import type { NotificationEmails } from '../domain/notifications/emailChoice';
import type { Client } from './client';
import { id, instant, off, oneOf, requiredText, text } from './columns';
import type { Database } from './database';
import type { EmailLog } from './emailLog';
import type { User } from './user';

/** Told of everybody who has a new notification, by their id: the table itself tells, see migration 055. */
export const NOTIFICATIONS_CHANNEL = 'notifications';

/** Something a person of the practice is told on screen. */
export class Notification extends Model<InferAttributes<Notification>, InferCreationAttributes<Notification>> {
  declare id: CreationOptional<string>;
  declare userId: string;
  declare type: string;
  declare title: string;
  declare message: string;
  declare clientId: string | null;
  declare filingKind: FilingKind | null;
  declare filingId: string | null;
  declare isRead: CreationOptional<boolean>;
  declare readAt: Date | null;
  /** The same thing is told once. */
  declare dedupeKey: string | null;
  /** Whether it is mailed too: the person's choice when it was made. */
  declare emailChoice: CreationOptional<NotificationEmails>;
  declare emailId: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;

  declare user?: NonAttribute<User>;
  declare client?: NonAttribute<Client | null>;
  declare email?: NonAttribute<EmailLog | null>;

  static define(sequelize: Sequelize): typeof Notification {
    return class extends Notification {}.init(
      {
        id: id(),
        userId: requiredText(),
        type: requiredText(),
        title: requiredText(),
        message: requiredText(),
        clientId: text(),
        filingKind: oneOf(FILING_KINDS),
        filingId: text(),
        isRead: off(),
        readAt: instant(),
        dedupeKey: text(),
        emailChoice: oneOf(NOTIFICATION_EMAILS),
        emailId: text(),
        createdAt: instant(),
      },
      { sequelize, modelName: 'Notification', tableName: 'notifications', underscored: true, updatedAt: false },
    );
  }

  static associate(db: Database): void {
    db.Notification.belongsTo(db.User, { as: 'user', foreignKey: 'userId' });
    db.Notification.belongsTo(db.EmailLog, { as: 'email', foreignKey: 'emailId' });
    db.Notification.belongsTo(db.Client, { as: 'client', foreignKey: 'clientId' });
  }
}
