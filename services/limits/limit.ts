import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

/** It was tried too often. */
export interface Throttled {
  retryAfterSeconds: number;
  /** Whether it is the first refusal of its time: those after it are the same story. */
  isFirst: boolean;
}

/** Something that may be done so many times in a time. */
export class Limit {
  private readonly limiter: RateLimiterPostgres;

  /** Counts are kept in the database, so that restarts and further API processes change nothing. */
  constructor(
    db: Pool,
    readonly name: string,
    private readonly times: number,
    seconds: number,
  ) {
    this.limiter = new RateLimiterPostgres({
      storeClient: db,
      storeType: 'pool',
      tableName: 'rate_limits',
      tableCreated: true,
      keyPrefix: name,
      points: times,
      duration: seconds,
    });
  }

  /** Counts once; tells where it was too often. */
  async count(key: string): Promise<Throttled | undefined> {
    try {
      await this.limiter.consume(keyHash(key));
      return undefined;
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return {
        retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)),
        isFirst: refusal.consumedPoints === this.times + 1,
      };
    }
  }

  /** One count was no guess. */
  async giveBack(key: string): Promise<void> {
    await this.limiter.reward(keyHash(key), 1);
  }

  async forget(key: string): Promise<void> {
    await this.limiter.delete(keyHash(key));
  }
}

/** Keys hold addresses of people, of any length: neither belongs into the table. */
function keyHash(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
