import type { Pool } from 'pg';
import type { RequestStatus } from '../../domain/filings/requestStatuses';
import type { CommittedFiling } from '../../models/queries/filingResult';
import { COMMITTED_ASSIGNEE, COMMITTED_CLIENT } from '../../models/queries/filingResult';

const LOOK_AGAIN_MS = 3000;

/** How a stored request ended, as its row has it. */
export interface RequestOutcome {
  id: string;
  status: RequestStatus;
  code: string | null;
  reason: string | null;
  /** The filing as committed with it; null unless APPLIED. */
  result: CommittedFiling | null;
}

interface OutcomeRow extends Omit<RequestOutcome, 'result'>, Omit<CommittedFiling, 'row'> {
  row: CommittedFiling['row'] | null;
}

/** Reads how a request stands now; undefined for an unknown one. */
export async function readOutcome(db: Pool, requestId: string): Promise<RequestOutcome | undefined> {
  const { rows } = await db.query<OutcomeRow>({
    name: 'request-outcome',
    text: `SELECT r.id, r.status::text, r.code, r.reason, r.result AS row,
        ${COMMITTED_CLIENT} AS client, ${COMMITTED_ASSIGNEE} AS "assignedUser"
      FROM filing_requests r
      LEFT JOIN clients c ON c.id = r.result->>'client_id'
      LEFT JOIN users u ON u.id = r.result->>'assigned_user_id'
      WHERE r.id = $1`,
    values: [requestId],
  });
  const [found] = rows;
  if (!found) return undefined;
  const { row, client, assignedUser, ...outcome } = found;
  return { ...outcome, result: row === null ? null : { row, client, assignedUser } };
}

/** Those who wait for outcomes in this process; told of them by NOTIFY, and looking themselves every few seconds in case one was missed. */
export class OutcomeWaiters {
  private readonly waiting = new Map<string, Set<(told?: RequestOutcome) => void>>();

  constructor(private readonly db: Pool) {}

  /** A request was decided: what its recording told on the outcomes channel. */
  tell(payload: string): void {
    if (!payload.startsWith('{')) return this.wake(payload);
    const outcome: RequestOutcome = JSON.parse(payload);
    this.wake(outcome.id, outcome);
  }

  private wake(requestId: string, told?: RequestOutcome): void {
    for (const wake of this.waiting.get(requestId) ?? []) wake(told);
  }

  /** Notifications may have been missed: everybody looks again. */
  notifyAll(): void {
    for (const requestId of this.waiting.keys()) this.wake(requestId);
  }

  /** Starts waiting for a request, before it is sent; `outcome` gives it when decided, or as it stands after so long. */
  watch(requestId: string): { outcome: (timeoutMs: number) => Promise<RequestOutcome | undefined>; stop: () => void } {
    let isWoken = false;
    let told: RequestOutcome | undefined;
    let wake = (): void => {
      isWoken = true;
    };
    const listener = (outcome?: RequestOutcome): void => {
      told = outcome;
      wake();
    };
    const listeners = this.waiting.get(requestId) ?? new Set();
    this.waiting.set(requestId, listeners.add(listener));
    const woken = async (timeoutMs: number): Promise<void> => {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        wake = () => {
          isWoken = true;
          clearTimeout(timer);
          resolve();
        };
        if (isWoken) wake();
      });
      isWoken = false;
    };
    const stop = (): void => {
      listeners.delete(listener);
      if (listeners.size === 0) this.waiting.delete(requestId);
    };
    const outcome = async (timeoutMs: number): Promise<RequestOutcome | undefined> => {
      const end = Date.now() + timeoutMs;
      try {
        for (;;) {
          await woken(Math.max(0, Math.min(LOOK_AGAIN_MS, end - Date.now())));
          if (told) return told;
          const seen = await readOutcome(this.db, requestId).catch(() => undefined);
          if (seen && seen.status !== 'PENDING') return seen;
          if (Date.now() >= end) return seen;
        }
      } finally {
        stop();
      }
    };
    return { outcome, stop };
  }
}
