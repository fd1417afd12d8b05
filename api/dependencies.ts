import type { Database } from '../models';
import type { AccountMailer } from '../services/email/accountMailer';
import type { OutcomeWaiters } from '../services/requests/outcomes';
import type { TemporalGateway } from '../services/temporalGateway';
import type { LiveChanges } from './events/liveChanges';
import type { Logger } from '../settings/logger';
import type { Settings } from '../settings/settings';

/** What the API is made from; a test makes another. */
export interface ApiDependencies {
  db: Database;
  settings: Settings;
  logger: Logger;
  temporal: TemporalGateway;
  outcomes: OutcomeWaiters;
  /** Which filings change, as it happens. */
  changes: LiveChanges;
  /** Mails codes and links. */
  accountMailer: AccountMailer;
  /** Epoch ms. */
  now: () => number;
}
