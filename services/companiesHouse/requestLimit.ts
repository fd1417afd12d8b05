import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { CompaniesHouseError } from './companiesHouseError';

/**
 * Companies House allows 600 requests in five minutes. Five minutes touch at most 31 of these windows, whenever they begin, and
 * 31 × 19 = 589: no five minutes ever hold more than 600.
 */
const WINDOW_SECONDS = 10;
const REQUESTS_A_WINDOW = 19;
/** What runs by itself leaves some for people who wait for an answer. */
const BACKGROUND_REQUESTS_A_WINDOW = 14;

const KEY = 'all';

/** Who asks, and how long the call may wait for its turn. */
export interface Turn {
  isBackground: boolean;
  longestWaitMs: number;
}

/** The limit of requests to Companies House that every process of the practice shares: it is counted in the database. */
export class RequestLimit {
  private readonly all: RateLimiterPostgres;
  private readonly background: RateLimiterPostgres;

  constructor(db: Pool) {
    const limiter = (keyPrefix: string, points: number): RateLimiterPostgres =>
      new RateLimiterPostgres({
        storeClient: db,
        storeType: 'pool',
        tableName: 'rate_limits',
        tableCreated: true,
        keyPrefix,
        points,
        duration: WINDOW_SECONDS,
        clearExpiredByTimeout: false,
      });
    this.all = limiter('companies-house', REQUESTS_A_WINDOW);
    this.background = limiter('companies-house-background', BACKGROUND_REQUESTS_A_WINDOW);
  }

  /** Waits for a turn to send one request. Throws CompaniesHouseError BUSY where it does not come in time. */
  async take({ isBackground, longestWaitMs }: Turn): Promise<void> {
    const end = Date.now() + longestWaitMs;
    if (isBackground) await untilTaken(this.background, end);
    await untilTaken(this.all, end);
  }

  /** Companies House takes no more requests for a while: nobody sends any. */
  async block(seconds: number): Promise<void> {
    await this.all.block(KEY, seconds);
  }
}

async function untilTaken(limiter: RateLimiterPostgres, end: number): Promise<void> {
  for (;;) {
    const waitMs = await consume(limiter);
    if (waitMs === null) return;
    if (Date.now() + waitMs > end) throw new CompaniesHouseError('BUSY', Math.max(1, Math.ceil(waitMs / 1000)));
    await delay(waitMs);
  }
}

/** Counts one request; gives the milliseconds to wait where there are too many. */
async function consume(limiter: RateLimiterPostgres): Promise<number | null> {
  try {
    await limiter.consume(KEY);
    return null;
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    return Math.max(1, refusal.msBeforeNext);
  }
}
