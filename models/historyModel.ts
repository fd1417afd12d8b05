import { Model } from 'sequelize';
import type { CreationOptional, ModelAttributeColumnOptions } from 'sequelize';
import { HISTORY_SOURCES } from '../domain/filings/historySources';
import type { HistorySource } from '../domain/filings/historySources';
import type { ActorRole } from '../domain/filings/messages';
import type { Authority, FiledTo } from '../domain/filings/stages';
import { instant, integer, requiredInstant, requiredInteger, requiredOneOf, requiredText, text, textArray } from './columns';

/** One move of a filing. Rows are added and never changed or removed. */
export abstract class HistoryModel<Attributes extends object, Creation extends object> extends Model<Attributes, Creation> {
  declare id: CreationOptional<string>;
  declare filingId: string;
  declare stageChangedAt: Date;
  /** Whole days of London. */
  declare daysInPreviousStage: number | null;
  /** Null for someone who is not a user. */
  declare userId: string | null;
  declare userName: string;
  declare userRole: ActorRole;
  declare notes: string | null;
  declare source: HistorySource;
  /** Id of the request that asked for the move. */
  declare transitionId: string;
  /** 1, 2, 3, … without a gap for each filing. */
  declare sequence: number;
  declare filedTo: FiledTo[] | null;
  declare rejectedBy: Authority[] | null;
  /** When the database took the row in, for the sealer of the audit chain. */
  declare recordedAt: CreationOptional<Date>;
}

export const historyColumns = () =>
  ({
    filingId: requiredText(),
    stageChangedAt: requiredInstant(),
    daysInPreviousStage: integer(),
    userId: text(),
    userName: requiredText(),
    userRole: requiredText(),
    notes: text(),
    source: requiredOneOf(HISTORY_SOURCES),
    transitionId: requiredText(),
    sequence: requiredInteger(),
    filedTo: textArray(),
    rejectedBy: textArray(),
    recordedAt: instant(),
  }) satisfies Record<string, ModelAttributeColumnOptions>;
