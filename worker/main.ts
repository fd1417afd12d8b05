import type { Worker } from '@temporalio/worker';
import { createSendAtOnce } from '../activities/email/sendAtOnce';
import { createSendEmail } from '../activities/email/sendEmail';
import { chooseProvider } from '../services/email/chooseProvider';
import { EmailRenderer } from '../services/email/renderer';
import { createBackupActivities } from '../activities/backupActivities';
import { createBulkActivities } from '../activities/bulkActivities';
import { createCompaniesHouseActivities } from '../activities/companiesHouseActivities';
import { createCommunicationActivities } from '../activities/communicationActivities';
import { createFilingActivities } from '../activities/filingActivities';
import { createOperationsActivities } from '../activities/operationsActivities';
import { createPracticeActivities } from '../activities/practiceActivities';
import { createDatabase } from '../models';
import { CompaniesHouse } from '../services/companiesHouse/companiesHouse';
import { backupSettings } from '../settings/backupPlace';
import { createLogger } from '../settings/logger';
import { practiceIdentity } from '../settings/practiceIdentity';
import { readSettings } from '../settings/readSettings';
import { required, SettingsError } from '../settings/settings';
import { startTracing } from '../settings/tracing';
import { connectToTemporal } from './connect';
import { measureWorker } from './measureWorker';
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

  const stopTracing = startTracing(settings, 'worker');
  const db = createDatabase(required(settings, 'DATABASE_URL'), {
    isTraced: settings.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
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
  const emails = {
    db: db.pool,
    provider: chooseProvider({ apiKey: settings.RESEND_API_KEY, baseUrl: settings.RESEND_BASE_URL }),
    renderer: new EmailRenderer(db.pool, practiceIdentity(settings)),
    publicUrl: required(settings, 'PUBLIC_URL'),
    appSecret: required(settings, 'APP_SECRET'),
  };
  const sendEmail = createSendEmail(emails);
  workers = await createWorkers(temporal.native, settings, {
    filings: {
      ...createFilingActivities({
        db,
        showClientNames: settings.TEMPORAL_SHOW_CLIENT_NAMES,
        sendEmail,
        sendEmailAtOnce: createSendAtOnce(emails),
      }),
      ...createCommunicationActivities(db.pool),
      ...createBackupActivities(backupSettings(settings)),
      ...createBulkActivities({ db, temporal: gateway, logger, now: Date.now }),
      ...createCompaniesHouseActivities({ db, temporal: gateway, logger, companiesHouse: new CompaniesHouse(settings, db.pool) }),
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
  const stopMeasuring = measureWorker(db.pool);
  logger.info('The worker is ready');
  await Promise.all(workers.map((worker) => worker.run()));
  stopMeasuring();
  await temporal.close();
  await db.close();
  await stopTracing();
  logger.info('The worker has stopped');
}

main().catch((error: unknown) => {
  console.error(error instanceof SettingsError ? error.message : error);
  process.exit(1);
});
