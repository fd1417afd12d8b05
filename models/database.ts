import type { Pool } from 'pg';
import type { Sequelize } from 'sequelize';
import type { ActivityLog } from './activityLog';
import type { ApiToken } from './apiToken';
import type { ApprovalLink } from './approvalLink';
import type { AuditChain } from './auditChain';
import type { BankHoliday } from './bankHoliday';
import type { BulkOperation } from './bulkOperation';
import type { BulkOperationRecord } from './bulkOperationRecord';
import type { CalendarLink } from './calendarLink';
import type { ChasePolicy } from './chasePolicy';
import type { ChaseReminder } from './chaseReminder';
import type { Client } from './client';
import type { ClientChaseDay } from './clientChaseDay';
import type { Communication } from './communication';
import type { DateProposal } from './dateProposal';
import type { EmailEvent } from './emailEvent';
import type { EmailLog } from './emailLog';
import type { EmailTemplateVersion } from './emailTemplateVersion';
import type { FilingRequest } from './filingRequest';
import type { HistoryExport } from './historyExport';
import type { LtdAccountsWorkflow } from './ltdAccountsWorkflow';
import type { LtdAccountsWorkflowHistory } from './ltdAccountsWorkflowHistory';
import type { Notification } from './notification';
import type { OfficialDate } from './officialDate';
import type { PasswordLink } from './passwordLink';
import type { SavedClientFilter } from './savedClientFilter';
import type { SavedView } from './savedView';
import type { Session } from './session';
import type { SuppressedAddress } from './suppressedAddress';
import type { User } from './user';
import type { VATQuarter } from './vatQuarter';
import type { VATWorkflowHistory } from './vatWorkflowHistory';

/** One database as the rest of the project sees it. Two may be open in one process: each has model classes of its own. */
export interface Database {
  /** For reading and writing through models. */
  readonly sequelize: Sequelize;
  /** For SQL by hand: lists, and what must be quick. */
  readonly pool: Pool;

  readonly User: typeof User;
  readonly Session: typeof Session;
  readonly ApiToken: typeof ApiToken;
  readonly SavedView: typeof SavedView;
  readonly PasswordLink: typeof PasswordLink;
  readonly CalendarLink: typeof CalendarLink;
  readonly Client: typeof Client;
  readonly SavedClientFilter: typeof SavedClientFilter;
  readonly VATQuarter: typeof VATQuarter;
  readonly VATWorkflowHistory: typeof VATWorkflowHistory;
  readonly LtdAccountsWorkflow: typeof LtdAccountsWorkflow;
  readonly LtdAccountsWorkflowHistory: typeof LtdAccountsWorkflowHistory;
  readonly ActivityLog: typeof ActivityLog;
  readonly AuditChain: typeof AuditChain;
  readonly Communication: typeof Communication;
  readonly EmailLog: typeof EmailLog;
  readonly EmailEvent: typeof EmailEvent;
  readonly SuppressedAddress: typeof SuppressedAddress;
  readonly EmailTemplateVersion: typeof EmailTemplateVersion;
  readonly Notification: typeof Notification;
  readonly FilingRequest: typeof FilingRequest;
  readonly ApprovalLink: typeof ApprovalLink;
  readonly ChaseReminder: typeof ChaseReminder;
  readonly ChasePolicy: typeof ChasePolicy;
  readonly ClientChaseDay: typeof ClientChaseDay;
  readonly BankHoliday: typeof BankHoliday;
  readonly BulkOperation: typeof BulkOperation;
  readonly BulkOperationRecord: typeof BulkOperationRecord;
  readonly OfficialDate: typeof OfficialDate;
  readonly DateProposal: typeof DateProposal;
  readonly HistoryExport: typeof HistoryExport;

  /** Ends every connection, after the statements that are under way. */
  close(): Promise<void>;
}
