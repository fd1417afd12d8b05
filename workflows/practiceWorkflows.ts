import { defineQuery, proxyActivities, setHandler } from '@temporalio/workflow';
import type { PracticeActivities } from '../activities/practiceActivities';
import type { PolicyKind } from '../domain/chasing/policy';

const { openDueFilings, rollOutChasePolicy, refreshBankHolidays } = proxyActivities<PracticeActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '1 minute',
  retry: { initialInterval: '5 seconds', maximumInterval: '1 minute' },
});

/** What a sweep has done so far. */
export interface SweepProgress {
  clients: number;
  filings: number;
}

export const sweepProgressQuery = defineQuery<SweepProgress>('progress');

/** Once a day: opens every filing whose period has begun, for every active client, in pages. Safe to run twice. */
export async function openDueFilingsWorkflow(): Promise<SweepProgress> {
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
  return progress;
}

/** Which policy changed: a practice's, or the one of a client. */
export interface ChasePolicyRollout {
  policyKind: PolicyKind;
  clientId: string | null;
  version: number;
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

/** Once a week: reads the bank holidays of England and Wales; filings are told when they changed. */
export async function refreshBankHolidaysWorkflow(): Promise<{ source: string; changed: number }> {
  return await refreshBankHolidays.executeWithOptions({ summary: 'Read the bank holidays of England and Wales' }, []);
}
