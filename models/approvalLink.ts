import { Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import type { ApprovalContent } from '../domain/approvals/approval';
import { FILING_KINDS } from '../domain/filings/stages';
import type { FilingKind } from '../domain/filings/stages';
import type { Client } from './client';
import { id, instant, json, requiredInstant, requiredInteger, requiredOneOf, requiredText, text } from './columns';
import type { Database } from './database';
import type { EmailLog } from './emailLog';
import type { FilingRequest } from './filingRequest';

/** One sending of a filing to its client for approval, and the client's answer. */
export class ApprovalLink extends Model<InferAttributes<ApprovalLink>, InferCreationAttributes<ApprovalLink>> {
  declare id: CreationOptional<string>;
  /** The decision that sent it. */
  declare decisionKey: string;
  declare filingKind: FilingKind;
  declare filingId: string;
  declare clientId: string;
  /** The sending's place among the moves of its filing. */
  declare sequence: number;
  declare content: ApprovalContent | null;
  declare sentByUserId: string | null;
  declare sentByName: string;
  declare sentAt: Date;
  /** Null where the client has no address. */
  declare emailId: string | null;
  declare expiresAt: Date;
  declare revokedAt: Date | null;
  /** The client's answer. */
  declare requestId: string | null;
  declare answeredAt: Date | null;
  declare createdAt: CreationOptional<Date>;

  declare client?: NonAttribute<Client>;
  declare email?: NonAttribute<EmailLog | null>;
  declare request?: NonAttribute<FilingRequest | null>;

  static define(sequelize: Sequelize): typeof ApprovalLink {
    return class extends ApprovalLink {}.init(
      {
        id: id(),
        decisionKey: requiredText(),
        filingKind: requiredOneOf(FILING_KINDS),
        filingId: requiredText(),
        clientId: requiredText(),
        sequence: requiredInteger(),
        content: json(),
        sentByUserId: text(),
        sentByName: requiredText(),
        sentAt: requiredInstant(),
        emailId: text(),
        expiresAt: requiredInstant(),
        revokedAt: instant(),
        requestId: text(),
        answeredAt: instant(),
        createdAt: instant(),
      },
      { sequelize, modelName: 'ApprovalLink', tableName: 'approval_links', underscored: true, updatedAt: false },
    );
  }

  static associate(db: Database): void {
    db.ApprovalLink.belongsTo(db.Client, { as: 'client', foreignKey: 'clientId' });
    db.ApprovalLink.belongsTo(db.EmailLog, { as: 'email', foreignKey: 'emailId' });
    db.ApprovalLink.belongsTo(db.FilingRequest, { as: 'request', foreignKey: 'requestId' });
  }
}
