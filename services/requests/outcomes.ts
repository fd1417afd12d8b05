import type { Pool } from 'pg';

const LOOK_AGAIN_MS = 1000;

/** How a stored request ended, as its row has it. `result` is the filing's row as committed, keyed by column. */
export interface RequestOutcome {
  id: string;
  status: 'PENDING' | 'APPLIED' | 'REJECTED';
  code: string | null;
  reason: string | null;
  result: Record<string, unknown> | null;
}

/** Reads how a request stands now; undefined for an unknown one. */
export async function readOutcome(db: Pool, requestId: string): Promise<RequestOutcome | undefined> {
  const { rows } = await db.query<RequestOutcome>(
    `SELECT id, status::text, code, reason, result FROM filing_requests WHERE id = $1`,
    [requestId],
  );
  return rows[0];
}

/** Those who wait for outcomes in this process; told of them by NOTIFY, and looking themselves once a second in case one was missed. */
export class OutcomeWaiters {
  private readonly waiting = new Map<string, Set<() => void>>();

  constructor(private readonly db: Pool) {}

  /** A request was decided. */
  notify(requestId: string): void {
    for (const wake of this.waiting.get(requestId) ?? []) wake();
  }

  /** Notifications may have been missed: everybody looks again. */
  notifyAll(): void {
    for (const requestId of this.waiting.keys()) this.notify(requestId);
  }

  /** Starts waiting for a request, before it is sent; `outcome` gives it when decided, or as it stands after so long. */
  watch(requestId: string): { outcome: (timeoutMs: number) => Promise<RequestOutcome | undefined>; stop: () => void } {
    let isWoken = false;
    let wake = (): void => {
      isWoken = true;
    };
    const listener = (): void => wake();
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
