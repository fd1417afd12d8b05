import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { createFilingActivities } from '../../activities/filingActivities';
import type { EmailProvider, OutgoingEmail } from '../../activities/email/provider';
import { createSendEmail } from '../../activities/email/sendEmail';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import type { FilingMessages } from '../../domain/filings/messages';
import type { FilingResult } from '../../workflows/messages';
import { FILING_SIGNALS, filingStateQuery } from '../../workflows/messages';
import type { FilingStateAnswer } from '../../workflows/filingStateAnswer';
import { SEARCH_ATTRIBUTES } from '../../workflows/searchAttributes';
import type { TestDatabase } from './database';
import { createTestDatabase } from './database';
import type { TestFiling } from './practice';
import { servers } from './servers';

/** E-mails as a provider got them, with the time of the test server (epoch ms). */
export type SentEmail = OutgoingEmail & { at: number };

/** A worker on a time-skipping Temporal server, recording in a real database of its own. */
export class TimeSkippingPractice {
  readonly sent: SentEmail[] = [];

  private constructor(
    readonly env: TestWorkflowEnvironment,
    readonly database: TestDatabase,
    private readonly taskQueue: string,
  ) {}

  static async create(): Promise<TimeSkippingPractice> {
    const executable = { type: 'existing-path' as const, path: servers().testServerPath };
    const env = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
    await env.connection.operatorService.addSearchAttributes({
      namespace: env.namespace ?? 'default',
      searchAttributes: Object.fromEntries(SEARCH_ATTRIBUTES.map(({ name, type }) => [name, INDEXED_VALUE_TYPES[type] ?? 0])),
    });
    return new TimeSkippingPractice(env, await createTestDatabase(), `test-${Date.now()}`);
  }

  /** Runs a worker while `story` is told. */
  async withWorker<T>(story: () => Promise<T>): Promise<T> {
    const provider: EmailProvider = {
      send: async (email) => {
        this.sent.push({ ...email, at: await this.env.currentTimeMs() });
        return { outcome: 'accepted', messageId: `test-${this.sent.length}` };
      },
    };
    const practice = { name: 'Test Practice', fromEmail: 'practice@example.com' };
    const worker = await Worker.create({
      connection: this.env.nativeConnection,
      ...(this.env.namespace === undefined ? {} : { namespace: this.env.namespace }),
      taskQueue: this.taskQueue,
      workflowBundle: { codePath: servers().bundlePath },
      dataConverter: { payloadConverterPath: require.resolve('../../workflows/payloadConverter') },
      activities: createFilingActivities({
        db: this.database.db,
        showClientNames: true,
        sendEmail: createSendEmail({ db: this.database.db.pool, provider, practice }),
      }),
    });
    return await worker.runUntil(story);
  }

  start(filing: TestFiling): Promise<unknown> {
    return this.env.client.workflow.start(FILING_DEFINITIONS[filing.kind].workflowType, {
      workflowId: filing.workflowId,
      taskQueue: this.taskQueue,
      args: [{ kind: filing.kind, filingId: filing.filingId }],
    });
  }

  /** Sends a signal and waits until the workflow has taken it. */
  async tell<Name extends keyof FilingMessages>(
    filing: TestFiling,
    name: Name,
    body: FilingMessages[Name],
  ): Promise<FilingStateAnswer> {
    await this.env.client.workflow.getHandle(filing.workflowId).signal(FILING_SIGNALS[name], body);
    return await this.state(filing);
  }

  state(filing: TestFiling): Promise<FilingStateAnswer> {
    return this.env.client.workflow.getHandle(filing.workflowId).query(filingStateQuery);
  }

  result(filing: TestFiling): Promise<FilingResult> {
    return this.env.client.workflow.getHandle(filing.workflowId).result();
  }

  /** Lets time pass until an instant (epoch ms) of the test server's clock. */
  async sleepUntil(epochMs: number): Promise<void> {
    const now = await this.env.currentTimeMs();
    if (epochMs > now) await this.env.sleep(epochMs - now);
  }

  async rows<T extends object>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    const { rows } = await this.database.db.pool.query<T>(sql, parameters);
    return rows;
  }

  async close(): Promise<void> {
    await this.env.teardown();
    await this.database.drop();
  }
}

const INDEXED_VALUE_TYPES: Record<string, number> = {
  TEXT: 1,
  KEYWORD: 2,
  INT: 3,
  DOUBLE: 4,
  BOOL: 5,
  DATETIME: 6,
  KEYWORD_LIST: 7,
};
