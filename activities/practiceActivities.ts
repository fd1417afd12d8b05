import { activityInfo, heartbeat } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { AuditHead } from '../domain/audit';
import type { ChasePolicyChanged } from '../domain/filings/messages';
import type { IsoDate } from '../domain/calendar/dates';
import { londonDateOf } from '../domain/calendar/london';
import { followCorporationTax } from '../domain/clients/corporationTax';
import { SYSTEM_USER_ID, SYSTEM_USER_NAME } from '../domain/people';
import type { Database } from '../models';
import { readAuditHead } from '../models/audit/seal';
import { filingsInFlight, filingsUnderPolicy, markRolledOut, readPolicy } from '../models/chasing/filingsUnderPolicy';
import { makeDigest, peopleWithDigest } from '../models/notifications/notificationEmails';
import { activeClientIds } from '../models/filings/clientDates';
import { taxedClients } from '../models/filings/corporationTax';
import { inTransaction } from '../models/transaction';
import { bringCorporationTaxForward } from '../services/clients/followCorporationTax';
import { openDueFilings } from '../services/filings/openFilings';
import { startFilings } from '../services/filings/startFilings';
import type { TemporalGateway } from '../services/temporalGateway';
import type { Logger } from '../settings/logger';
import { FILING_SIGNALS } from '../workflows/messages';
import type { ChasePolicyRollout } from '../domain/chasing/policy';
import { DEFAULT_POLICIES } from '../domain/chasing/policy';
import type { BankHolidayRow, BankHolidayUpdate } from './bankHolidays';
import { readBankHolidays, storeBankHolidays } from './bankHolidays';

const PAGE = 500;

/** What the practice's sweeps ask of the world, a page at a time; every one is safe to repeat. */
export interface PracticeActivities {
  openDueFilings(after: string | null): Promise<{ clients: number; filings: number; next: string | null }>;
  rollOutChasePolicy(rollout: ChasePolicyRollout, after: string | null): Promise<{ filings: number; next: string | null }>;
  readBankHolidays(): Promise<BankHolidayUpdate>;
  storeBankHolidays(holidays: BankHolidayRow[]): Promise<void>;
  tellOfBankHolidays(after: string | null): Promise<{ filings: number; next: string | null }>;
  readAuditHead(): Promise<AuditHead | null>;
  followCorporationTax(after: string | null): Promise<{ clients: number; changed: number; next: string | null }>;
  /** `date` is London's, of the day whose digests are made. */
  makeDigests(date: IsoDate, after: string | null): Promise<{ people: number; notifications: number; next: string | null }>;
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
      for (const { workflowId } of filings.slice(toldBefore(filings))) {
        if (current) await tellOfPolicy(temporal, workflowId, current);
        heartbeat(workflowId);
      }
      const next = nextPage(filings.map(({ workflowId }) => workflowId));
      if (next === null && current) await markRolledOut(pool, policyKind, clientId, current.version);
      return { filings: filings.length, next };
    },
    async tellOfBankHolidays(after) {
      const filings = await filingsInFlight(pool, after, PAGE);
      for (const { workflowId, policyKind, policy, version } of filings.slice(toldBefore(filings))) {
        await tellOfPolicy(temporal, workflowId, { policy: policy ?? DEFAULT_POLICIES[policyKind], version: version ?? 0 });
        heartbeat(workflowId);
      }
      return { filings: filings.length, next: nextPage(filings.map(({ workflowId }) => workflowId)) };
    },
    async makeDigests(date, after) {
      const people = await peopleWithDigest(pool, after, PAGE);
      const made = { people: 0, notifications: 0 };
      for (const userId of people) {
        const { emails, notifications } = await makeDigest(pool, userId, date);
        made.people += emails;
        made.notifications += notifications;
        heartbeat(userId);
      }
      return { ...made, next: nextPage(people) };
    },
    readAuditHead: () => readAuditHead(pool),
    async followCorporationTax(after) {
      const today = londonDateOf(Date.now());
      const clients = await taxedClients(pool, after, PAGE);
      let changed = 0;
      for (const client of clients) {
        if (Object.keys(followCorporationTax(client, client.filings, today)).length === 0) continue;
        await inTransaction(pool, (db) => bringCorporationTaxForward(db, SYSTEM_USER_ID, client.id, today));
        changed += 1;
        heartbeat(client.id);
      }
      return { clients: clients.length, changed, next: nextPage(clients.map(({ id }) => id)) };
    },
    readBankHolidays: () =>
      readBankHolidays({ db: pool, url: bankHolidaysUrl, logger }, Number(londonDateOf(Date.now()).slice(0, 4))),
    storeBankHolidays: (holidays) => storeBankHolidays(pool, holidays),
  };
}

function nextPage(keys: readonly string[]): string | null {
  return keys.length < PAGE ? null : (keys[keys.length - 1] ?? null);
}

/** How many filings of the page an earlier try of this activity, whose worker was killed, had told already. */
function toldBefore(filings: readonly { workflowId: string }[]): number {
  const last: unknown = activityInfo().heartbeatDetails;
  return filings.findIndex(({ workflowId }) => workflowId === last) + 1;
}

/** A filing that has ended meanwhile, or never started, needs no telling: it reads the policy when it starts. */
async function tellOfPolicy(
  temporal: TemporalGateway,
  workflowId: string,
  { policy, version }: ChasePolicyChanged,
): Promise<void> {
  try {
    await temporal.getClient().workflow.getHandle(workflowId).signal(FILING_SIGNALS.chasePolicyChanged, { policy, version });
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
