import { Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';
import type { HistoryEntry } from '../domain/filings/historyEntry';
import { FILING_KINDS } from '../domain/filings/stages';
import type { FilingKind } from '../domain/filings/stages';
import { id, instant, requiredJson, requiredOneOf, requiredText } from './columns';

/** The history of a filing that has ended, as Temporal had it, in plain language. */
export class HistoryExport extends Model<InferAttributes<HistoryExport>, InferCreationAttributes<HistoryExport>> {
  declare id: CreationOptional<string>;
  declare filingKind: FilingKind;
  declare filingId: string;
  declare workflowId: string;
  /** The run that ended the filing. */
  declare runId: string;
  /** Oldest first; each holds the hash of the one before. */
  declare entries: HistoryEntry[];
  /** The last link of the chain over the entries. */
  declare headHash: string;
  declare createdAt: CreationOptional<Date>;

  static define(sequelize: Sequelize): typeof HistoryExport {
    return class extends HistoryExport {}.init(
      {
        id: id(),
        filingKind: requiredOneOf(FILING_KINDS),
        filingId: requiredText(),
        workflowId: requiredText(),
        runId: requiredText(),
        entries: requiredJson(),
        headHash: requiredText(),
        createdAt: instant(),
      },
      { sequelize, modelName: 'HistoryExport', tableName: 'history_exports', underscored: true, updatedAt: false },
    );
  }
}
