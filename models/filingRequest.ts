import { Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import type { ApprovalContent } from '../domain/approvals/approval';
import { REQUEST_TYPES } from '../domain/filings/messages';
import type { Actor, RequestType } from '../domain/filings/messages';
import { REQUEST_STATUSES } from '../domain/filings/requestStatuses';
import type { RequestStatus } from '../domain/filings/requestStatuses';
import { FILING_KINDS } from '../domain/filings/stages';
import type { FilingKind } from '../domain/filings/stages';
import { id, instant, json, oneOf, requiredJson, requiredOneOf, requiredText, text } from './columns';
import type { Json } from './columns';
import type { Database } from './database';
import type { User } from './user';

/** What someone asked of a filing: stored before its signal is sent, answered by the filing's workflow. */
export class FilingRequest extends Model<InferAttributes<FilingRequest>, InferCreationAttributes<FilingRequest>> {
  /** The signal's requestId. */
  declare id: CreationOptional<string>;
  /** Unique for each person and route. */
  declare idempotencyKey: string;
  declare actorUserId: string | null;
  /** The route with its record. */
  declare route: string;
  /** Tells a repeated request from another one under the same key. */
  declare bodyHash: string;
  declare kind: FilingKind;
  declare filingId: string;
  declare workflowId: string;
  declare type: RequestType;
  declare payload: { [key: string]: Json };
  /** Free text stays here; it never travels in a signal. */
  declare notes: string | null;
  /** What the client is to see, for a move that sends the filing to them. */
  declare approval: ApprovalContent | null;
  declare actor: Actor;
  declare status: CreationOptional<RequestStatus>;
  declare code: string | null;
  /** Why it was rejected, for a person. */
  declare reason: string | null;
  /** The filing's row as it was committed. */
  declare result: { [key: string]: Json } | null;
  /** When Temporal acknowledged the signal. */
  declare sentAt: Date | null;
  declare httpRequestId: string | null;
  declare createdAt: CreationOptional<Date>;
  declare decidedAt: Date | null;

  declare actorUser?: NonAttribute<User | null>;

  static define(sequelize: Sequelize): typeof FilingRequest {
    return class extends FilingRequest {}.init(
      {
        id: id(),
        idempotencyKey: requiredText(),
        actorUserId: text(),
        route: requiredText(),
        bodyHash: requiredText(),
        kind: requiredOneOf(FILING_KINDS),
        filingId: requiredText(),
        workflowId: requiredText(),
        type: requiredOneOf(REQUEST_TYPES),
        payload: requiredJson(),
        notes: text(),
        approval: json(),
        actor: requiredJson(),
        status: oneOf(REQUEST_STATUSES),
        code: text(),
        reason: text(),
        result: json(),
        sentAt: instant(),
        httpRequestId: text(),
        createdAt: instant(),
        decidedAt: instant(),
      },
      { sequelize, modelName: 'FilingRequest', tableName: 'filing_requests', underscored: true, updatedAt: false },
    );
  }

  static associate(db: Database): void {
    db.FilingRequest.belongsTo(db.User, { as: 'actorUser', foreignKey: 'actorUserId' });
  }
}
