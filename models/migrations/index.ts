import { approvalLinks } from './m051ApprovalLinks';
import { audit } from './m004Audit';
import { calendarLinks } from './m060CalendarLinks';
import { chasing } from './m007Chasing';
import { bulkOperations } from './m041BulkOperations';
import { clientFilters } from './m040ClientFilters';
import { clientListVersion } from './m009ClientListVersion';
import { clients } from './m002Clients';
import { communications } from './m053Communications';
import { delivery } from './m052Delivery';
import { emailTemplates } from './m050EmailTemplates';
import { filingRequests } from './m006FilingRequests';
import { filings } from './m003Filings';
import { messages } from './m005Messages';
import { importResults } from './m042ImportResults';
import type { Migration } from './migration';
import { officialDates } from './m030OfficialDates';
import { notificationEmails } from './m054NotificationEmails';
import { notificationEvents } from './m055NotificationEvents';
import { people } from './m001People';
import { search } from './m008Search';
import { secondTaxPayment } from './m031SecondTaxPayment';
import { savedViews } from './m080SavedViews';
import { pendingEmails } from './m081PendingEmails';
import { pendingAuthenticator } from './m021PendingAuthenticator';
import { unknownAttempts } from './m056UnknownAttempts';
import { signIn } from './m020SignIn';
import { historyExports } from './m070HistoryExports';

/** Every step of the schema, oldest first. Added to, never edited or reordered once released. */
export const MIGRATIONS: readonly Migration[] = [
  people,
  clients,
  filings,
  audit,
  messages,
  filingRequests,
  chasing,
  search,
  clientListVersion,
  signIn,
  clientFilters,
  bulkOperations,
  calendarLinks,
  officialDates,
  secondTaxPayment,
  savedViews,
  pendingEmails,
  emailTemplates,
  approvalLinks,
  delivery,
  communications,
  notificationEmails,
  historyExports,
  pendingAuthenticator,
  notificationEvents,
  importResults,
  unknownAttempts,
];
