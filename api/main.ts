import { serve } from '@hono/node-server';
import { Client, Connection } from '@temporalio/client';
import { createDatabase } from '../models';
import { NOTIFICATIONS_CHANNEL } from '../models/notification';
import { OUTCOMES_CHANNEL } from '../models/filings/outcomesChannel';
import { FILING_CHANGES_CHANNEL } from '../models/filings/recordStatement';
import { listen } from '../models/listener';
import { AccountMailer } from '../services/email/accountMailer';
import { chooseProvider } from '../services/email/chooseProvider';
import { EmailRenderer } from '../services/email/renderer';
import { OutcomeWaiters } from '../services/requests/outcomes';
import { createLogger } from '../settings/logger';
import { practiceIdentity } from '../settings/practiceIdentity';
import { readSettings } from '../settings/readSettings';
import { required, SettingsError } from '../settings/settings';
import { dataConverter, temporalConnectionOptions } from '../settings/temporal';
import { tracingClientInterceptor } from '../settings/temporalTracing';
import { startTracing } from '../settings/tracing';
import { addPages } from '../web';
import { createApp } from './app';
import { LiveChanges } from './events/liveChanges';

const CLOSE_MS = 15_000;

function main(): void {
  const settings = readSettings();
  const logger = createLogger(settings, 'api');
  const url = required(settings, 'DATABASE_URL');
  required(settings, 'APP_SECRET');
  const stopTracing = startTracing(settings, 'api');
  const db = createDatabase(url, {
    isTraced: settings.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
    poolSize: settings.DATABASE_POOL_SIZE,
    applicationName: 'numericalz-api',
    onError: (error) => logger.warn({ cause: error.message }, 'A database connection broke'),
  });
  const outcomes = new OutcomeWaiters(db.pool);
  const changes = new LiveChanges();
  const listener = listen({
    url,
    channels: [OUTCOMES_CHANNEL, FILING_CHANGES_CHANNEL, NOTIFICATIONS_CHANNEL],
    onPayload: (channel, payload) => {
      if (channel === OUTCOMES_CHANNEL) outcomes.tell(payload);
      else if (channel === NOTIFICATIONS_CHANNEL) changes.tellNotified(payload);
      else changes.tell(payload);
    },
    onReconnect: () => {
      outcomes.notifyAll();
      changes.tellMissed();
    },
    onError: (error) => logger.warn({ cause: error.message }, 'The listening connection broke'),
  });
  const connection = Connection.lazy(temporalConnectionOptions(settings));
  const client = new Client({
    connection,
    namespace: settings.TEMPORAL_NAMESPACE,
    dataConverter: dataConverter(settings),
    interceptors: { workflow: [tracingClientInterceptor] },
  });
  const temporal = { getClient: () => client, showClientNames: settings.TEMPORAL_SHOW_CLIENT_NAMES };
  const accountMailer = new AccountMailer({
    db: db.pool,
    provider: chooseProvider({ apiKey: settings.RESEND_API_KEY, baseUrl: settings.RESEND_BASE_URL }),
    renderer: new EmailRenderer(db.pool, practiceIdentity(settings)),
    logger,
    keepsText: settings.EMBEDDED && settings.RESEND_API_KEY === undefined,
  });
  const deps = { db, settings, logger, temporal, outcomes, changes, accountMailer, now: Date.now };
  const app = createApp(deps);
  addPages(app, deps);
  const server = serve({ fetch: app.fetch, hostname: settings.HOST, port: settings.PORT }, ({ port }) =>
    logger.info({ port }, 'The API is listening'),
  );

  server.on('error', (error) => {
    console.error(`The API cannot listen on ${settings.HOST}:${settings.PORT}: ${error.message}`);
    process.exit(1);
  });

  const stop = (signal: string): void => {
    logger.info({ signal }, 'Stopping: no new requests, those under way are answered');
    const close = async (): Promise<void> => {
      await listener.close();
      await connection.close();
      await db.close();
      await stopTracing();
    };
    server.close(() => void close());
    changes.end();
    setTimeout(() => process.exit(1), CLOSE_MS).unref();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

try {
  main();
} catch (error) {
  console.error(error instanceof SettingsError ? error.message : error);
  process.exit(1);
}
