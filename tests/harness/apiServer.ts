import { hash } from 'bcrypt';
import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { LiveChanges } from '../../api/events/liveChanges';
import { createApp } from '../../api/app';
import { addPages } from '../../web';
import { waitUntil } from '../../embedded/runningProcess';
import type { UserRole } from '../../domain/people';
import { AccountMailer } from '../../services/email/accountMailer';
import { chooseProvider } from '../../services/email/chooseProvider';
import { EmailRenderer } from '../../services/email/renderer';
import { OutcomeWaiters } from '../../services/requests/outcomes';
import { createUser } from '../../services/users/users';
import { loadSettings } from '../../settings/settings';
import { prepareTemporal } from '../../worker/prepareTemporal';
import { ApiCaller } from './apiCaller';
import type { TestDatabase } from './database';
import { createTestDatabase } from './database';
import { freePort } from '../../embedded/ports';
import { ResendStandIn } from './resendStandIn';
import { servers } from './servers';
import type { TimeSkippingPractice } from './timeSkipping';
import { serve } from '@hono/node-server';

/** The password of every person that is made here. */
export const PASSWORD = 'Someone-Password-1';
/** A sign-in by a hash of full cost takes half a second, and most tests are about something else. */
const QUICK_HASH = hash(PASSWORD, 4);
const PRACTICE = { name: 'Test Practice', address: '1 High Street, London', fromEmail: 'practice@example.com', replyTo: null };

/** What the API runs on. */
interface Place {
  database: TestDatabase;
  client: Client;
  now: () => number;
  /** Gives back what was started for it. */
  release: () => Promise<void>;
}

/** The API over HTTP on a database of its own, with Temporal but without a worker: for what it decides by itself. */
export class ApiServer {
  private constructor(
    readonly database: TestDatabase,
    readonly url: string,
    /** Where the mail went. */
    readonly resend: ResendStandIn,
    /** What open pages are told of. */
    readonly changes: LiveChanges,
    /** Every route as the server knows it. */
    readonly routes: readonly { method: string; path: string }[],
    private readonly close: () => Promise<void>,
  ) {}

  /** `environment` is what the settings have besides, `now` the API's clock. */
  static async start(environment: Record<string, string> = {}, now = Date.now): Promise<ApiServer> {
    const database = await createTestDatabase();
    const connection = await Connection.connect({ address: servers().temporalAddress });
    const namespace = `api-${randomBytes(4).toString('hex')}`;
    await prepareTemporal(connection, { filings: namespace, operations: `${namespace}-operations` });
    const release = async (): Promise<void> => {
      await connection.close();
      await database.drop();
    };
    const place = { database, client: new Client({ connection, namespace }), now, release };
    return await ApiServer.listen(place, environment);
  }

  /** The API of a practice whose time is skipped: it lives by the same clock. */
  static async over(practice: TimeSkippingPractice): Promise<ApiServer> {
    const { database, client } = practice;
    return await ApiServer.listen({ database, client, now: () => practice.clock, release: async () => {} }, {});
  }

  private static async listen(
    { database, client, now, release }: Place,
    environment: Record<string, string>,
  ): Promise<ApiServer> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const resend = await ResendStandIn.start();
    const logger = pino({ level: 'silent' });
    const mailer = new AccountMailer({
      db: database.db.pool,
      provider: chooseProvider({ apiKey: 're_test', baseUrl: resend.url }),
      renderer: new EmailRenderer(database.db.pool, PRACTICE),
      logger,
      keepsText: false,
    });
    const changes = new LiveChanges();
    const deps = {
      db: database.db,
      settings: loadSettings({
        NODE_ENV: 'test',
        TEMPORAL_NAMESPACE: client.options.namespace,
        PUBLIC_URL: url,
        APP_SECRET: 'a secret for tests, and for tests alone',
        ...environment,
      }),
      logger,
      temporal: { getClient: () => client, showClientNames: true },
      outcomes: new OutcomeWaiters(database.db.pool),
      changes,
      accountMailer: mailer,
      now,
    };
    const app = createApp(deps);
    addPages(app, deps);
    const server = await new Promise<ReturnType<typeof serve>>((done) => {
      const listening = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, () => done(listening));
    });
    return new ApiServer(database, url, resend, changes, app.routes, async () => {
      changes.end();
      await new Promise((done) => server.close(done));
      await resend.stop();
      await release();
    });
  }

  /** A new person of a role, signed in. */
  async person(role: UserRole, name = `${role} person`): Promise<{ id: string; api: ApiCaller; email: string }> {
    const email = `${name.toLowerCase().replaceAll(/\W+/g, '-')}@example.com`;
    const { pool } = this.database.db;
    const { id } = await createUser(pool, null, { name, email, role });
    await pool.query('UPDATE users SET password = $2 WHERE id = $1', [id, await QUICK_HASH]);
    return { id, email, api: await ApiCaller.signIn(this.url, email, PASSWORD) };
  }

  signIn(email: string, password = PASSWORD): Promise<ApiCaller> {
    return ApiCaller.signIn(this.url, email, password);
  }

  stranger(token: string | null = null): ApiCaller {
    return new ApiCaller(this.url, token);
  }

  /** Waits until a condition holds. Throws where it does not within ten seconds. */
  async until(condition: () => Promise<boolean>): Promise<void> {
    if (!(await waitUntil(condition, 10_000))) throw new Error('It did not come true within ten seconds');
  }

  stop(): Promise<void> {
    return this.close();
  }
}
