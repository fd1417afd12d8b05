import { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from '@temporalio/worker';
import { createFilingActivities } from '../../activities/filingActivities';
import type { EmailProvider, OutgoingEmail } from '../../services/email/provider';
import { EmailRenderer } from '../../services/email/renderer';
import { createSendAtOnce } from '../../activities/email/sendAtOnce';
import { createSendEmail } from '../../activities/email/sendEmail';
import { londonInstant } from '../../domain/calendar/london';
import type { Actor, FilingMessages, RequestType } from '../../domain/filings/messages';
import { packagedBankHolidays } from '../../domain/uk/packagedBankHolidays';
import { startFiling } from '../../services/filings/startFilings';
import { deliverRequest } from '../../services/requests/deliverRequest';
import type { RequestOutcome } from '../../services/requests/outcomes';
import { readOutcome } from '../../services/requests/outcomes';
import { storeRequest } from '../../services/requests/storeRequest';
import { TASK_QUEUE } from '../../settings/temporal';
import { registerSearchAttributes } from '../../worker/prepareTemporal';
import type { FilingResult } from '../../workflows/messages';
import { askState } from '../../services/filings/askState';
import type { FilingStateAnswer } from '../../workflows/filingStateAnswer';
import type { TestDatabase } from './database';
import { createTestDatabase } from './database';
import type { TestFiling } from './practice';
import { servers } from './servers';

/** The years that the tests play in: far enough ahead of the clock of any machine that runs them. */
const FIRST_YEAR = 2035;
const LAST_YEAR = 2042;

const PRACTICE = { name: 'Test Practice', address: null, fromEmail: 'practice@example.com', replyTo: null };

/** E-mails as a provider got them, with the time of the test server (epoch ms). */
export type SentEmail = OutgoingEmail & { at: number };

/** What somebody asks of a filing through the API: the body of the signal without requestId and actor. */
type Asked<Type extends RequestType> = Omit<FilingMessages[Type], 'requestId' | 'actor'>;

/**
 * A worker on a time-skipping Temporal server, recording in a real database of its own. Where a filing is about to send something at
 * once, let a little time pass before the next message: the test server fails a task that cancels a timer which has just fired.
 */
export class TimeSkippingPractice {
  /** What the provider accepted. */
  readonly sent: SentEmail[] = [];
  /** The time that was let pass to last (epoch ms): what somebody who looks now takes for the present. */
  clock = Date.now();
  /** Whether the provider refuses connections. */
  isProviderAway = false;
  /** Not the environment's own client, which lets time pass, by years, while it waits for a result. */
  readonly client: Client;
  private readonly filings: TestFiling[] = [];
  private worker: { instance: Worker; ended: Promise<void> } | undefined;

  private constructor(
    readonly env: TestWorkflowEnvironment,
    readonly database: TestDatabase,
    private readonly cachedWorkflows: number,
  ) {
    this.client = new Client({ connection: env.connection, namespace: env.namespace ?? 'default' });
  }

  /** `cachedWorkflows: 0` makes every task replay its filing's whole history; where the worker is stopped there must be none. */
  static async create({ cachedWorkflows = 100 } = {}): Promise<TimeSkippingPractice> {
    const logging = { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) };
    Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging } });
    const executable = { type: 'existing-path' as const, path: servers().testServerPath };
    const env = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
    await registerSearchAttributes(env.connection, env.namespace ?? 'default');
    const practice = new TimeSkippingPractice(env, await createTestDatabase(), cachedWorkflows);
    await practice.database.db.pool.query(
      `INSERT INTO bank_holidays (date, title, source, read_at)
       SELECT date, title, 'packaged', now() FROM jsonb_to_recordset($1) AS h(date date, title text)`,
      [JSON.stringify(packagedBankHolidays(FIRST_YEAR, LAST_YEAR))],
    );
    await practice.startWorker();
    return practice;
  }

  /** Starts a filing's workflow like the services do. */
  async start(filing: TestFiling): Promise<void> {
    await startFiling(this.dependencies(), filing);
    this.filings.push(filing);
    await this.state(filing);
  }

  /** Stores a request as the API does, delivers it and gives its committed outcome. */
  async ask<Type extends RequestType>(
    filing: TestFiling,
    type: Type,
    payload: Asked<Type>,
    actor: Actor,
    notes: string | null = null,
  ): Promise<RequestOutcome> {
    const request = await storeRequest(this.database.db.pool, {
      ...filing,
      type,
      payload: { ...payload, ...(notes === null ? {} : { hasNote: true }) },
      notes,
      actor,
      idempotencyKey: null,
      route: `test/${filing.filingId}`,
      httpRequestId: null,
    });
    await deliverRequest(this.dependencies(), request);
    for (;;) {
      const outcome = await readOutcome(this.database.db.pool, request.id);
      if (outcome === undefined || outcome.status === 'PENDING') continue;
      // The task that recorded it has ended.
      await this.state(filing);
      return outcome;
    }
  }

  /** Sends a signal by hand, as one can from the Temporal UI, and waits until the workflow has taken it. */
  async signal(filing: TestFiling, name: string, ...payloads: unknown[]): Promise<FilingStateAnswer> {
    await this.client.workflow.getHandle(filing.workflowId).signal(name, ...payloads);
    return await this.state(filing);
  }

  /** The live state; everything that was sent before it is asked for has been taken. */
  async state(filing: TestFiling): Promise<FilingStateAnswer> {
    return await askState(this.client.workflow.getHandle(filing.workflowId));
  }

  result(filing: TestFiling): Promise<FilingResult> {
    return this.client.workflow.getHandle(filing.workflowId).result();
  }

  /** Lets time pass until a time of day in London. */
  async sleepUntil(date: string, time: string): Promise<void> {
    const now = await this.env.currentTimeMs();
    const until = londonInstant(date, time);
    if (until > now) await this.env.sleep(until - now);
    this.clock = Math.max(now, until);
  }

  /**
   * Lets time pass likewise while no worker runs. The test server holds its clock while a task waits for a worker; the one hold of the
   * timer of the only open filing is taken off and put back.
   */
  async sleepWithoutWorkerUntil(filing: TestFiling, date: string, time: string): Promise<void> {
    const { nextTimer } = await this.state(filing);
    const { testService } = this.env.connection;
    if (!testService) throw new Error('Only the time-skipping server can let time pass without a worker');
    await this.stopWorker();
    const slept = this.sleepUntil(date, time);
    const fires = Date.parse(nextTimer?.at ?? '');
    if (fires < londonInstant(date, time)) {
      while ((await this.env.currentTimeMs()) < fires);
      while (!(await testService.unlockTimeSkipping({}).then(Boolean, () => false)));
      await slept;
      await testService.lockTimeSkipping({});
    } else {
      await slept;
    }
    await this.startWorker();
  }

  /** Does something while no worker runs: what is sent to a filing then waits for its first task, or its next one. */
  async withoutWorker(work: () => Promise<void>): Promise<void> {
    await this.stopWorker();
    await work();
    await this.startWorker();
  }

  async rows<T extends object>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    const { rows } = await this.database.db.pool.query<T>(sql, parameters);
    return rows;
  }

  /**
   * Cancels the filings that a test left open: the clock would stop at their timers once no worker runs. It would also stop for good at
   * what a workflow was doing when it was terminated, so they end by themselves, when nothing is under way.
   */
  async endFilings(): Promise<void> {
    const actor: Actor = { userId: null, name: 'The end of the test', role: 'SYSTEM', relation: 'none' };
    for (const filing of this.filings.splice(0)) {
      const handle = this.client.workflow.getHandle(filing.workflowId);
      while ((await handle.describe()).raw.pendingActivities?.some(({ lastFailure }) => !lastFailure));
      await this.ask(filing, 'cancelFiling', {}, actor);
      await handle.result();
    }
  }

  async close(): Promise<void> {
    await this.endFilings();
    await this.stopWorker();
    await this.env.teardown();
    await this.database.drop();
  }

  private dependencies(): Parameters<typeof deliverRequest>[0] {
    const temporal = { getClient: () => this.client, showClientNames: true };
    return { db: this.database.db.pool, temporal, now: Date.now };
  }

  private async startWorker(): Promise<void> {
    const provider: EmailProvider = {
      send: async (email) => {
        if (this.isProviderAway) return { outcome: 'notSent', reason: 'connection refused' };
        this.sent.push({ ...email, at: await this.env.currentTimeMs() });
        return { outcome: 'accepted', messageId: `test-${email.idempotencyKey}` };
      },
    };
    let at = 0;
    const emails = {
      db: this.database.db.pool,
      provider,
      renderer: new EmailRenderer(this.database.db.pool, PRACTICE),
      publicUrl: 'https://practice.example.com',
      appSecret: 'a secret for tests, and for tests alone',
      now: () => at,
    };
    // The test server says of a delayed try that it came earlier than it did: its clock is asked.
    const byClock =
      <Result>(send: (emailId: string) => Promise<Result>) =>
      async (emailId: string): Promise<Result> => {
        at = await this.env.currentTimeMs();
        return await send(emailId);
      };
    const sendEmail = byClock(createSendEmail(emails));
    const sendEmailAtOnce = byClock(createSendAtOnce(emails));
    const instance = await Worker.create({
      connection: this.env.nativeConnection,
      ...(this.env.namespace === undefined ? {} : { namespace: this.env.namespace }),
      taskQueue: TASK_QUEUE,
      workflowBundle: { codePath: servers().bundlePath },
      dataConverter: { payloadConverterPath: require.resolve('../../workflows/payloadConverter') },
      activities: createFilingActivities({ db: this.database.db, showClientNames: true, sendEmail, sendEmailAtOnce }),
      maxCachedWorkflows: this.cachedWorkflows,
    });
    this.worker = { instance, ended: instance.run() };
  }

  private async stopWorker(): Promise<void> {
    this.worker?.instance.shutdown();
    await this.worker?.ended;
    this.worker = undefined;
  }
}
