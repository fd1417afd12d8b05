import type { Pool } from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

const TRIES = 10;
const WINDOW_SECONDS = 5 * 60;

/** Counts guesses in the database, so that restarts and further API processes change nothing. */
export class SignInThrottle {
  private readonly limiter: RateLimiterPostgres;

  constructor(db: Pool) {
    this.limiter = new RateLimiterPostgres({
      storeClient: db,
      storeType: 'pool',
      tableName: 'rate_limits',
      tableCreated: true,
      keyPrefix: 'sign-in',
      points: TRIES,
      duration: WINDOW_SECONDS,
      clearExpiredByTimeout: false,
    });
  }

  /** Counts a try of an account from an address; gives the seconds to wait where there were too many. */
  async count(email: string, ipAddress: string): Promise<{ retryAfterSeconds: number } | undefined> {
    try {
      await this.limiter.consume(`${email.toLowerCase()}|${ipAddress}`.slice(0, 200));
      return undefined;
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return { retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) };
    }
  }

  /** A right password: earlier mistakes are forgotten. */
  async forget(email: string, ipAddress: string): Promise<void> {
    await this.limiter.delete(`${email.toLowerCase()}|${ipAddress}`.slice(0, 200));
  }
}
