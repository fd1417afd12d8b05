import type { Client } from '@temporalio/client';
import type { Database } from '../models';
import type { OutcomeWaiters } from '../services/requests/outcomes';
import type { TemporalGateway } from '../services/temporalGateway';
import type { Logger } from '../settings/logger';
import type { Settings } from '../settings/settings';

/** What the API is made from; a test makes another. */
export interface ApiDependencies {
  db: Database;
  settings: Settings;
  logger: Logger;
  temporal: TemporalGateway;
  /** Client of the operations namespace, for the health of its worker. */
  operations?: Client;
  outcomes: OutcomeWaiters;
  /** Epoch ms. */
  now: () => number;
}
