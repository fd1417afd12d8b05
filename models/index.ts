import { Sequelize } from 'sequelize';
import { ActivityLog } from './activityLog';
import { ApiToken } from './apiToken';
import { ApprovalLink } from './approvalLink';
import { AuditChain } from './auditChain';
import { BankHoliday } from './bankHoliday';
import { BulkOperation } from './bulkOperation';
import { BulkOperationRecord } from './bulkOperationRecord';
import { CalendarLink } from './calendarLink';
import { ChasePolicy } from './chasePolicy';
import { ChaseReminder } from './chaseReminder';
import { Client } from './client';
import { ClientChaseDay } from './clientChaseDay';
import { Communication } from './communication';
import type { Database } from './database';
import { DateProposal } from './dateProposal';
import { EmailEvent } from './emailEvent';
import { EmailLog } from './emailLog';
import { EmailTemplateVersion } from './emailTemplateVersion';
import { FilingRequest } from './filingRequest';
import { HistoryExport } from './historyExport';
import { LtdAccountsWorkflow } from './ltdAccountsWorkflow';
import { LtdAccountsWorkflowHistory } from './ltdAccountsWorkflowHistory';
import { Notification } from './notification';
import { OfficialDate } from './officialDate';
import { PasswordLink } from './passwordLink';
import { CONNECT_TIMEOUT_MS, STATEMENT_TIMEOUT_MS, createPool } from './pool';
import { SavedClientFilter } from './savedClientFilter';
import { SavedView } from './savedView';
import { Session } from './session';
import { SuppressedAddress } from './suppressedAddress';
import { traceModelStatement, traceStatements } from './tracedPool';
import { User } from './user';
import { VATQuarter } from './vatQuarter';
import { VATWorkflowHistory } from './vatWorkflowHistory';

export type { Database } from './database';

export interface DatabaseOptions {
  /** Connections at most for models, and as many again for SQL by hand; 10 unless told. */
  poolSize?: number;
  /** What pg_stat_activity calls the connections; 'numericalz' unless told. */
  applicationName?: string;
  /** Called with each statement of a model, for tracing; silent unless given. */
  logger?: (statement: string, milliseconds?: number) => void;
  /** Told of a connection that broke while idle; it is replaced by itself, so this is for the log only. */
  onError?: (error: Error) => void;
  /** Whether statements get a span in the trace of what they are for. */
  isTraced?: boolean;
}

/** Opens a database: models with their associations, and a pool for SQL by hand. Connects at the first use, not here. */
export function createDatabase(url: string, options: DatabaseOptions = {}): Database {
  const size = options.poolSize ?? 10;
  const applicationName = options.applicationName ?? 'numericalz';
  const sequelize = new Sequelize(url, {
    dialect: 'postgres',
    logging: options.logger ?? (options.isTraced ? (_sql, milliseconds) => traceModelStatement(milliseconds) : false),
    benchmark: options.isTraced ?? false,
    pool: { max: size, min: 0, acquire: CONNECT_TIMEOUT_MS * 2, idle: 10_000 },
    dialectOptions: {
      application_name: applicationName,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      query_timeout: STATEMENT_TIMEOUT_MS + 1_000,
      keepAlive: true,
    },
  });
  const plainPool = createPool({ url, size, applicationName, onError: options.onError ?? (() => {}) });
  const pool = options.isTraced ? traceStatements(plainPool) : plainPool;

  const database: Database = {
    sequelize,
    pool,
    User: User.define(sequelize),
    Session: Session.define(sequelize),
    ApiToken: ApiToken.define(sequelize),
    SavedView: SavedView.define(sequelize),
    PasswordLink: PasswordLink.define(sequelize),
    CalendarLink: CalendarLink.define(sequelize),
    Client: Client.define(sequelize),
    SavedClientFilter: SavedClientFilter.define(sequelize),
    VATQuarter: VATQuarter.define(sequelize),
    VATWorkflowHistory: VATWorkflowHistory.define(sequelize),
    LtdAccountsWorkflow: LtdAccountsWorkflow.define(sequelize),
    LtdAccountsWorkflowHistory: LtdAccountsWorkflowHistory.define(sequelize),
    ActivityLog: ActivityLog.define(sequelize),
    AuditChain: AuditChain.define(sequelize),
    Communication: Communication.define(sequelize),
    EmailLog: EmailLog.define(sequelize),
    EmailEvent: EmailEvent.define(sequelize),
    SuppressedAddress: SuppressedAddress.define(sequelize),
    EmailTemplateVersion: EmailTemplateVersion.define(sequelize),
    Notification: Notification.define(sequelize),
    FilingRequest: FilingRequest.define(sequelize),
    ApprovalLink: ApprovalLink.define(sequelize),
    ChaseReminder: ChaseReminder.define(sequelize),
    ChasePolicy: ChasePolicy.define(sequelize),
    ClientChaseDay: ClientChaseDay.define(sequelize),
    BankHoliday: BankHoliday.define(sequelize),
    BulkOperation: BulkOperation.define(sequelize),
    BulkOperationRecord: BulkOperationRecord.define(sequelize),
    OfficialDate: OfficialDate.define(sequelize),
    DateProposal: DateProposal.define(sequelize),
    HistoryExport: HistoryExport.define(sequelize),
    close: async () => {
      await Promise.all([sequelize.close(), pool.end()]);
    },
  };
  for (const model of [
    User,
    Session,
    ApiToken,
    SavedView,
    PasswordLink,
    CalendarLink,
    Client,
    SavedClientFilter,
    BulkOperation,
    BulkOperationRecord,
    VATQuarter,
    VATWorkflowHistory,
    LtdAccountsWorkflow,
    LtdAccountsWorkflowHistory,
    ActivityLog,
    Communication,
    EmailLog,
    EmailTemplateVersion,
    SuppressedAddress,
    Notification,
    FilingRequest,
    ApprovalLink,
    ChaseReminder,
    ChasePolicy,
    ClientChaseDay,
    OfficialDate,
    DateProposal,
  ]) {
    model.associate(database);
  }
  return database;
}
