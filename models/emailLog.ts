import { Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import { EMAIL_STATUSES, EMAIL_TYPES } from '../domain/email';
import type { EmailStatus, EmailType } from '../domain/email';
import { FILING_KINDS } from '../domain/filings/stages';
import type { FilingKind } from '../domain/filings/stages';
import type { Client } from './client';
import { counter, id, instant, oneOf, requiredOneOf, requiredText, text } from './columns';
import type { Database } from './database';
import type { User } from './user';

/** One e-mail: written before it is sent, its body frozen, then followed to its delivery. */
export class EmailLog extends Model<InferAttributes<EmailLog>, InferCreationAttributes<EmailLog>> {
  declare id: CreationOptional<string>;
  declare recipientEmail: string;
  declare recipientName: string | null;
  declare subject: string;
  /** Plain text, with placeholders where secrets go. */
  declare content: string;
  declare html: string | null;
  declare emailType: EmailType;
  /** Which of the practice's texts it was made from. */
  declare template: string | null;
  declare status: CreationOptional<EmailStatus>;
  declare sentAt: Date | null;
  declare deliveredAt: Date | null;
  declare failedAt: Date | null;
  declare failureReason: string | null;
  declare clientId: string | null;
  declare workflowType: string | null;
  declare workflowId: string | null;
  declare filingKind: FilingKind | null;
  declare filingId: string | null;
  /** Id of the user who caused it; SYSTEM for timers. */
  declare triggeredBy: string;
  declare fromEmail: string | null;
  declare fromName: string | null;
  declare replyTo: string | null;
  /** The provider takes a key once, so that a retry never sends twice. */
  declare idempotencyKey: string;
  declare providerMessageId: string | null;
  declare firstAttemptAt: Date | null;
  declare lastAttemptAt: Date | null;
  declare attempts: CreationOptional<number>;
  /** Of these the ones whose outcome nobody knows. */
  declare unknownAttempts: CreationOptional<number>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;

  declare client?: NonAttribute<Client | null>;
  declare triggeredByUser?: NonAttribute<User>;

  static define(sequelize: Sequelize): typeof EmailLog {
    return class extends EmailLog {}.init(
      {
        id: id(),
        recipientEmail: requiredText(),
        recipientName: text(),
        subject: requiredText(),
        content: requiredText(),
        html: text(),
        emailType: requiredOneOf(EMAIL_TYPES),
        template: text(),
        status: oneOf(EMAIL_STATUSES),
        sentAt: instant(),
        deliveredAt: instant(),
        failedAt: instant(),
        failureReason: text(),
        clientId: text(),
        workflowType: text(),
        workflowId: text(),
        filingKind: oneOf(FILING_KINDS),
        filingId: text(),
        triggeredBy: requiredText(),
        fromEmail: text(),
        fromName: text(),
        replyTo: text(),
        idempotencyKey: requiredText(),
        providerMessageId: text(),
        firstAttemptAt: instant(),
        lastAttemptAt: instant(),
        attempts: counter(),
        unknownAttempts: counter(),
        createdAt: instant(),
        updatedAt: instant(),
      },
      { sequelize, modelName: 'EmailLog', tableName: 'email_logs', underscored: true },
    );
  }

  static associate(db: Database): void {
    db.EmailLog.belongsTo(db.Client, { as: 'client', foreignKey: 'clientId' });
    db.EmailLog.belongsTo(db.User, { as: 'triggeredByUser', foreignKey: 'triggeredBy' });
  }
}
