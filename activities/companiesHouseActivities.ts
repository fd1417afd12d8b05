import { ApplicationFailure, heartbeat } from '@temporalio/activity';
import type { FieldChange } from '../domain/companiesHouse/companyChanges';
import type { Database } from '../models';
import { companiesToRefresh } from '../models/companiesHouse/companiesToRefresh';
import type { CompaniesHouse } from '../services/companiesHouse/companiesHouse';
import { CompaniesHouseError } from '../services/companiesHouse/companiesHouseError';
import { NotRefreshableError, refreshClient } from '../services/companiesHouse/refreshClient';
import type { Person } from '../services/clients/clients';
import type { TemporalGateway } from '../services/temporalGateway';
import type { Logger } from '../settings/logger';
import { withHeartbeat } from './withHeartbeat';

/** How the refresh of one client ended; what may pass by itself is thrown, so that Temporal tries again. */
export type CompanyRefresh =
  | { outcome: 'REFRESHED'; changes: FieldChange[] }
  | { outcome: 'BUSY'; waitSeconds: number }
  /** `stops`: no other client could be refreshed either. */
  | { outcome: 'FAILED'; failure: string; reason: string; stops: boolean };

/** What the refresh of many clients asks of the world; every one is safe to repeat. */
export interface CompaniesHouseActivities {
  companiesToRefresh(after: string | null): Promise<string[]>;
  refreshCompany(by: Person, clientId: string, isBackground: boolean): Promise<CompanyRefresh>;
}

/** A longer wait is a timer of the workflow's. */
const LONGEST_WAIT_MS = 15_000;
const UNKNOWN_WAIT_SECONDS = 60;
const PAGE = 200;

interface Dependencies {
  db: Database;
  temporal: TemporalGateway;
  logger: Logger;
  companiesHouse: CompaniesHouse;
}

export function createCompaniesHouseActivities(deps: Dependencies): CompaniesHouseActivities {
  return {
    companiesToRefresh: (after) => companiesToRefresh(deps.db.pool, after, PAGE),
    async refreshCompany(by, clientId, isBackground) {
      heartbeat();
      try {
        const turn = { isBackground, longestWaitMs: LONGEST_WAIT_MS };
        const { changes } = await withHeartbeat(() => refreshClient({ ...deps, now: Date.now }, by, clientId, turn));
        return { outcome: 'REFRESHED', changes };
      } catch (error) {
        return endOf(error);
      }
    },
  };
}

function endOf(error: unknown): CompanyRefresh {
  if (error instanceof NotRefreshableError) {
    return { outcome: 'FAILED', failure: 'NOT_REFRESHABLE', reason: error.message, stops: false };
  }
  if (!(error instanceof CompaniesHouseError)) throw error;
  const { failure, message, waitSeconds } = error;
  switch (failure) {
    case 'BUSY':
      return { outcome: 'BUSY', waitSeconds: waitSeconds ?? UNKNOWN_WAIT_SECONDS };
    case 'NOT_FOUND':
      return { outcome: 'FAILED', failure, reason: message, stops: false };
    case 'NOT_CONFIGURED':
    case 'UNAUTHORISED':
      return { outcome: 'FAILED', failure, reason: message, stops: true };
    default:
      throw ApplicationFailure.create({ message, type: failure });
  }
}
