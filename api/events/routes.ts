import type { SSEStreamingApi } from 'hono/streaming';
import { streamSSE } from 'hono/streaming';
import { z } from '@hono/zod-openapi';
import { FILING_KINDS } from '../../domain/filings/stages';
import { countUnread } from '../../models/queries/logLists';
import { visibleFilingIds } from '../../models/queries/filingAccess';
import { isStillSignedIn } from '../../services/sessions/readSession';
import type { SignedInUser } from '../../services/sessions/readSession';
import { viewerOf } from '../clients/routes';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { permit } from '../endpoint';
import type { Change, ChangedFiling, ToldPerson } from './liveChanges';

const PATH = '/events';
const PERMISSION = 'see filings';

/** Changes are gathered for so long, so that a bulk move is one question of who may see them. */
const GATHER_MS = 250;
/** A sign of life, and the question whether the session still counts. */
const BEAT_MS = 20_000;
/** More changes at once are told as "read everything again". */
const MOST_NAMED = 200;

/** Tells a person's open pages of changes that the person may see, as they happen. */
export function eventRoutes(api: Api, deps: ApiDependencies): void {
  api.openAPIRegistry.registerPath({
    method: 'get',
    path: PATH,
    summary:
      'Server-sent events: `filing` with {kind, filingId} for each change that I may see, `notification` with {unread} at first and when I am told something, `missed` where some may have been missed',
    tags: ['Events'],
    description: `Permission: ${PERMISSION}`,
    'x-permission': PERMISSION,
    responses: {
      200: { description: 'A stream that goes on until it is closed', content: { 'text/event-stream': { schema: z.string() } } },
    },
  });
  api.get(PATH, (c) => {
    permit(c, PERMISSION);
    const user = c.get('user');
    // Proxies that gather answers would hold the events back.
    c.header('X-Accel-Buffering', 'no');
    return streamSSE(
      c,
      async (stream) => await new EventStream(deps, user, stream).run(),
      async (error) => c.get('logger').warn({ cause: error.message }, 'A stream of events broke'),
    );
  });
}

class EventStream {
  private gathered: Change[] = [];
  private wake: () => void = () => undefined;
  private isOver = false;

  constructor(
    private readonly deps: ApiDependencies,
    private readonly user: SignedInUser,
    private readonly stream: SSEStreamingApi,
  ) {}

  /** Passes changes on until the reader goes, the session ends or the process stops. */
  async run(): Promise<void> {
    const unsubscribe = this.deps.changes.subscribe({
      onChange: (change) => {
        if (isToldTo(change) && change.toldUserId !== this.user.id) return;
        this.gathered.push(change);
        this.wake();
      },
      onEnd: () => this.end(),
    });
    this.stream.onAbort(() => this.end());
    try {
      await this.stream.writeSSE({ event: 'ready', data: '' });
      await this.tellUnread();
      while (!this.isOver) {
        await this.nextChange();
        if (this.isOver || !(await isStillSignedIn(this.deps.db.pool, this.user))) return;
        if (this.gathered.length === 0) await this.stream.write(': still here\n\n');
        else await this.passOn();
      }
    } finally {
      unsubscribe();
    }
  }

  private end(): void {
    this.isOver = true;
    this.wake();
  }

  /** Waits for a change and those that come with it, or for the next beat. */
  private async nextChange(): Promise<void> {
    if (this.gathered.length === 0 && !this.isOver) await this.woken(BEAT_MS);
    if (this.gathered.length > 0 && !this.isOver) await this.stream.sleep(GATHER_MS);
  }

  private async woken(longestMs: number): Promise<void> {
    await new Promise<void>((done) => {
      const timer = setTimeout(done, longestMs);
      this.wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  private async passOn(): Promise<void> {
    const changes = this.gathered;
    this.gathered = [];
    const isMissed = changes.includes('missed');
    if (isMissed || changes.some(isToldTo)) await this.tellUnread();
    const filings = changes.filter(isFiling);
    if (isMissed || filings.length > MOST_NAMED) {
      await this.stream.writeSSE({ event: 'missed', data: '' });
      return;
    }
    for (const kind of FILING_KINDS) {
      const ids = [...new Set(filings.filter((filing) => filing.kind === kind).map(({ filingId }) => filingId))];
      if (ids.length === 0) continue;
      for (const filingId of await visibleFilingIds(this.deps.db, kind, viewerOf(this.user), ids)) {
        await this.stream.writeSSE({ event: 'filing', data: JSON.stringify({ kind, filingId }) });
      }
    }
  }

  /** Also at first: what came while nobody listened shows as well. */
  private async tellUnread(): Promise<void> {
    const unread = await countUnread(this.deps.db, this.user.id);
    await this.stream.writeSSE({ event: 'notification', data: JSON.stringify({ unread }) });
  }
}

function isToldTo(change: Change): change is ToldPerson {
  return change !== 'missed' && 'toldUserId' in change;
}

function isFiling(change: Change): change is ChangedFiling {
  return change !== 'missed' && 'filingId' in change;
}
