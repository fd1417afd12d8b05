import { defineQuery, proxyActivities, setHandler } from '@temporalio/workflow';
import type { PracticeActivities } from '../activities/practiceActivities';
import { londonDateOf } from '../domain/calendar/london';
import type { AuditHead } from '../domain/audit';
import type { ChasePolicyRollout } from '../domain/chasing/policy';

const {
  makeDigests,
  openDueFilings,
  readAuditHead,
  rollOutChasePolicy,
  readBankHolidays,
  storeBankHolidays,
  tellOfBankHolidays,
  followCorporationTax,
} = proxyActivities<PracticeActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '5 seconds', maximumInterval: '1 minute' },
});

/** What a sweep has done so far. */
export interface SweepProgress {
  clients: number;
  filings: number;
}

const sweepProgressQuery = defineQuery<SweepProgress>('progress');

/** What the daily sweep leaves in its own history, which nobody who writes to the database can change. */
export interface SweepResult extends SweepProgress {
  /** The last link of the audit chain on that day; null while there is none. */
  auditHead: AuditHead | null;
}

/** Once a day: opens every filing whose period has begun, for every active client, in pages; then anchors the audit chain. Safe to run twice. */
export async function openDueFilingsWorkflow(): Promise<SweepResult> {
  const progress = { clients: 0, filings: 0 };
  setHandler(sweepProgressQuery, () => progress);
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof openDueFilings>> = await openDueFilings.executeWithOptions(
      { summary: `Open due filings: ${progress.clients} clients so far` },
      [after],
    );
    progress.clients += page.clients;
    progress.filings += page.filings;
    after = page.next;
  } while (after !== null);
  const auditHead = await readAuditHead.executeWithOptions({ summary: 'Anchor the audit chain' }, []);
  return { ...progress, auditHead };
}

/** Carries a changed chase policy to every filing in flight that it applies to, in pages. Safe to run twice. */
export async function chasePolicyRollout(rollout: ChasePolicyRollout): Promise<{ filings: number }> {
  const progress = { filings: 0 };
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof rollOutChasePolicy>> = await rollOutChasePolicy.executeWithOptions(
      { summary: `Tell filings of policy version ${rollout.version}: ${progress.filings} so far` },
      [rollout, after],
    );
    progress.filings += page.filings;
    after = page.next;
  } while (after !== null);
  return progress;
}

/** What a refresh of the bank holidays did. */
export interface BankHolidayRefresh {
  source: string;
  added: string[];
  removed: string[];
  /** Filings in flight that were told, so that they plan anew. */
  filings: number;
}

/** Once a week: reads the bank holidays of England and Wales; where they changed, every filing in flight plans anew, in pages. Safe to run twice. */
export async function refreshBankHolidaysWorkflow(): Promise<BankHolidayRefresh> {
  const update = await readBankHolidays.executeWithOptions({ summary: 'Read the bank holidays of England and Wales' }, []);
  const { source, holidays, added, removed } = update;
  await storeBankHolidays.executeWithOptions({ summary: `Keep them: ${added.length} new, ${removed.length} gone` }, [holidays]);
  const progress = { source, added, removed, filings: 0 };
  if (added.length + removed.length === 0) return progress;
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof tellOfBankHolidays>> = await tellOfBankHolidays.executeWithOptions(
      { summary: `Tell filings of changed bank holidays: ${progress.filings} so far` },
      [after],
    );
    progress.filings += page.filings;
    after = page.next;
  } while (after !== null);
  return progress;
}

/** Once a day: brings the Corporation Tax of every active limited company to where it stands, in pages: overdue, or the next period. Safe to run twice. */
export async function followCorporationTaxWorkflow(): Promise<{ clients: number; changed: number }> {
  const progress = { clients: 0, changed: 0 };
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof followCorporationTax>> = await followCorporationTax.executeWithOptions(
      { summary: `Follow Corporation Tax: ${progress.clients} clients so far` },
      [after],
    );
    progress.clients += page.clients;
    progress.changed += page.changed;
    after = page.next;
  } while (after !== null);
  return progress;
}

/** What a day's digests told, and how many people. */
export interface DigestResult {
  date: string;
  people: number;
  notifications: number;
}

/** Every morning: mails people what they were told since their last digest, where they want it so, in pages. Safe to run twice. */
export async function sendDigestsWorkflow(): Promise<DigestResult> {
  const result = { date: londonDateOf(Date.now()), people: 0, notifications: 0 };
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof makeDigests>> = await makeDigests.executeWithOptions(
      { summary: `Make the digests of ${result.date}: ${result.people} so far` },
      [result.date, after],
    );
    result.people += page.people;
    result.notifications += page.notifications;
    after = page.next;
  } while (after !== null);
  return result;
}
