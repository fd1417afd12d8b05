import { heartbeat } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import { londonDateOf } from '../domain/calendar/london';
import { SYSTEM_USER_ID, SYSTEM_USER_NAME } from '../domain/people';
import type { Database } from '../models';
import { filingsUnderPolicy, readPolicy } from '../models/chasing/filingsUnderPolicy';
import { activeClientIds } from '../models/filings/clientDates';
import { inTransaction } from '../models/transaction';
import { openDueFilings } from '../services/filings/openFilings';
import { startFilings } from '../services/filings/startFilings';
import type { TemporalGateway } from '../services/temporalGateway';
import type { Logger } from '../settings/logger';
import { FILING_SIGNALS } from '../workflows/messages';
import type { ChasePolicyRollout } from '../workflows/practiceWorkflows';
import { refreshBankHolidays } from './bankHolidays';

const PAGE = 500;

/** What the practice's sweeps ask of the world, a page at a time; every one is safe to repeat. */
export interface PracticeActivities {
  openDueFilings(after: string | null): Promise<{ clients: number; filings: number; next: string | null }>;
  rollOutChasePolicy(rollout: ChasePolicyRollout, after: string | null): Promise<{ filings: number; next: string | null }>;
  refreshBankHolidays(): Promise<{ source: string; changed: number }>;
}

interface Dependencies {
  db: Database;
  temporal: TemporalGateway;
  logger: Logger;
  bankHolidaysUrl: string;
}

export function createPracticeActivities({ db, temporal, logger, bankHolidaysUrl }: Dependencies): PracticeActivities {
  const { pool } = db;
  return {
    async openDueFilings(after) {
      const today = londonDateOf(Date.now());
      const clientIds = await activeClientIds(pool, after, PAGE);
      let filings = 0;
      for (const clientId of clientIds) {
        const opener = { userId: SYSTEM_USER_ID, name: SYSTEM_USER_NAME };
        const opened = await inTransaction(pool, (client) => openDueFilings(client, clientId, today, opener));
        await startFilings({ db: pool, temporal, logger, now: Date.now }, opened);
        filings += opened.length;
        heartbeat(clientId);
      }
      return { clients: clientIds.length, filings, next: nextPage(clientIds) };
    },
    async rollOutChasePolicy({ policyKind, clientId }, after) {
      const current = await readPolicy(pool, policyKind, clientId);
      const filings = current ? await filingsUnderPolicy(pool, policyKind, clientId, after, PAGE) : [];
      for (const { workflowId } of filings) {
        if (current) await tellOfPolicy(temporal, workflowId, current);
        heartbeat(workflowId);
      }
      return { filings: filings.length, next: nextPage(filings.map(({ workflowId }) => workflowId)) };
    },
    refreshBankHolidays: () =>
      refreshBankHolidays({ db: pool, url: bankHolidaysUrl, logger }, Number(londonDateOf(Date.now()).slice(0, 4))),
  };
}

function nextPage(keys: readonly string[]): string | null {
  return keys.length < PAGE ? null : (keys[keys.length - 1] ?? null);
}

/** A filing that has ended meanwhile, or never started, needs no telling: it reads the policy when it starts. */
async function tellOfPolicy(
  temporal: TemporalGateway,
  workflowId: string,
  current: NonNullable<Awaited<ReturnType<typeof readPolicy>>>,
): Promise<void> {
  try {
    await temporal.getClient().workflow.getHandle(workflowId).signal(FILING_SIGNALS.chasePolicyChanged, current);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
