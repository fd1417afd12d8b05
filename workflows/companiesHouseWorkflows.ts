import {
  ActivityFailure,
  ApplicationFailure,
  continueAsNew,
  isCancellation,
  proxyActivities,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import type { CompaniesHouseActivities, CompanyRefresh } from '../activities/companiesHouseActivities';
import type { CompaniesHouseRefresh, RefreshProgress } from './messages';
import { refreshProgressQuery } from './messages';

const SHOWN_FAILURES = 100;
/** At once: a company takes several requests, one after the other. */
const LANES = 4;
/** Of a run; the next one continues it, so that histories stay short. */
const COMPANIES_A_RUN = 200;

const { companiesToRefresh } = proxyActivities<CompaniesHouseActivities>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '5 seconds', maximumInterval: '1 minute' },
});

const patient = proxyActivities<CompaniesHouseActivities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 3, maximumInterval: '10 minutes', maximumAttempts: 6 },
});

const quick = proxyActivities<CompaniesHouseActivities>({
  startToCloseTimeout: '3 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumAttempts: 5 },
});

/** Reads companies again, a few at a time; a company that fails does not hold up the others. Safe to run twice. */
export async function refreshFromCompaniesHouse(input: CompaniesHouseRefresh): Promise<RefreshProgress> {
  const progress = input.carried?.progress ?? newProgress(input.clientIds?.length ?? null);
  setHandler(refreshProgressQuery, () => progress);
  const after = input.carried?.after ?? null;
  const page =
    input.clientIds?.slice(0, COMPANIES_A_RUN) ??
    (await companiesToRefresh.executeWithOptions({ summary: 'List the next companies' }, [after]));
  const queue = [...page];
  const lane = async (): Promise<void> => {
    for (let clientId = queue.shift(); clientId !== undefined && progress.stopped === null; clientId = queue.shift()) {
      count(progress, clientId, await refresh(input, clientId, `Read ${progress.done + 1} of ${progress.total ?? 'all'}`));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const rest = input.clientIds?.slice(COMPANIES_A_RUN) ?? null;
  const isLast = rest === null ? page.length === 0 : rest.length === 0;
  if (isLast || progress.stopped !== null) return progress;
  return await continueAsNew<typeof refreshFromCompaniesHouse>({
    ...input,
    clientIds: rest,
    carried: { progress, after: page.at(-1) ?? after },
  });
}

/** Refreshes one client, however often Companies House asks to wait. */
async function refresh(input: CompaniesHouseRefresh, clientId: string, summary: string): Promise<CompanyRefresh> {
  const { refreshCompany } = input.isBackground ? patient : quick;
  for (;;) {
    const result = await attempt(() => refreshCompany.executeWithOptions({ summary }, [input.by, clientId, input.isBackground]));
    if (result.outcome !== 'BUSY') return result;
    await sleep(result.waitSeconds * 1000, { summary: 'Companies House takes no more requests: wait' });
  }
}

/** What did not pass by itself after all tries is a failure of this client alone. */
async function attempt(call: () => Promise<CompanyRefresh>): Promise<CompanyRefresh> {
  try {
    return await call();
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    const { cause } = error;
    const isTold = cause instanceof ApplicationFailure && (cause.type === 'UNREACHABLE' || cause.type === 'UNREADABLE');
    return isTold
      ? { outcome: 'FAILED', failure: cause.type ?? '', reason: cause.message, stops: false }
      : { outcome: 'FAILED', failure: 'INTERNAL', reason: 'It could not be refreshed: try again', stops: false };
  }
}

function count(progress: RefreshProgress, clientId: string, result: CompanyRefresh): void {
  progress.done += 1;
  if (result.outcome === 'REFRESHED') {
    if (result.changes.length > 0) progress.changed += 1;
    progress.proposals += result.changes.filter(({ isProposed }) => isProposed).length;
    if (progress.total === 1) progress.changes = result.changes;
  } else if (result.outcome === 'FAILED') {
    const { failure, reason, stops } = result;
    progress.failed += 1;
    if (progress.failures.length < SHOWN_FAILURES) progress.failures.push({ clientId, failure, reason });
    if (stops) progress.stopped ??= reason;
  }
}

function newProgress(total: number | null): RefreshProgress {
  return { total, done: 0, changed: 0, proposals: 0, failed: 0, failures: [], stopped: null, changes: [] };
}
