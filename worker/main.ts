import type { Worker } from '@temporalio/worker';
import { createSendEmail } from '../activities/email/sendEmail';
import { chooseProvider } from '../activities/email/chooseProvider';
import { createFilingActivities } from '../activities/filingActivities';
import { createOperationsActivities } from '../activities/operationsActivities';
import { createPracticeActivities } from '../activities/practiceActivities';
import { createDatabase } from '../models';
import { createLogger } from '../settings/logger';
import { readSettings } from '../settings/readSettings';
import { required, SettingsError } from '../settings/settings';
import { connectToTemporal } from './connect';
import { prepareTemporal } from './prepareTemporal';
import { ensureSchedules } from './schedules';
import { installRuntime } from './temporalRuntime';
import { createWorkers } from './workers';

async function main(): Promise<void> {
  const settings = readSettings();
  const logger = createLogger(settings, 'worker');
  installRuntime(settings, logger);
  const stopping = new AbortController();
  let workers: Worker[] = [];
  const stop = (signal: string): void => {
    logger.info({ signal }, 'Stopping: no new tasks, those under way are finished');
    stopping.abort();
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);

  const db = createDatabase(required(settings, 'DATABASE_URL'), {
    poolSize: settings.DATABASE_POOL_SIZE,
    applicationName: 'numericalz-worker',
    onError: (error) => logger.warn({ cause: error.message }, 'A database connection broke'),
  });
  const temporal = await connectToTemporal(settings, logger, stopping.signal);
  await prepareTemporal(temporal.connection, {
    filings: settings.TEMPORAL_NAMESPACE,
    operations: settings.TEMPORAL_OPERATIONS_NAMESPACE,
  });
  await ensureSchedules(temporal.filings, temporal.operations);

  const gateway = { getClient: () => temporal.filings, showClientNames: settings.TEMPORAL_SHOW_CLIENT_NAMES };
  const sendEmail = createSendEmail({
    db: db.pool,
    provider: chooseProvider({ apiKey: settings.RESEND_API_KEY, baseUrl: settings.RESEND_BASE_URL }),
    practice: { name: settings.PRACTICE_NAME, fromEmail: settings.EMAIL_FROM },
  });
  workers = await createWorkers(temporal.native, settings, {
    filings: {
      ...createFilingActivities({ db, showClientNames: settings.TEMPORAL_SHOW_CLIENT_NAMES, sendEmail }),
      ...createPracticeActivities({ db, temporal: gateway, logger, bankHolidaysUrl: settings.BANK_HOLIDAYS_URL }),
    },
    operations: createOperationsActivities({
      db: db.pool,
      temporal: gateway,
      operations: temporal.operations,
      logger,
      sendEmail,
    }),
  });
  logger.info('The worker is ready');
  await Promise.all(workers.map((worker) => worker.run()));
  await temporal.close();
  await db.close();
  logger.info('The worker has stopped');
}

main().catch((error: unknown) => {
  console.error(error instanceof SettingsError ? error.message : error);
  process.exit(1);
});
