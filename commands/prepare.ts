import { Client, Connection } from '@temporalio/client';
import { installPackagedBankHolidays } from '../activities/bankHolidays';
import { londonDateOf } from '../domain/calendar/london';
import { createDatabase } from '../models';
import { migrate } from '../models/migrator';
import { createFirstPartner } from '../services/practice/firstPartner';
import { createSamplePractice } from '../services/practice/samplePractice';
import { createLogger } from '../settings/logger';
import { readSettings } from '../settings/readSettings';
import { required } from '../settings/settings';
import { dataConverter, temporalConnectionOptions } from '../settings/temporal';
import { prepareTemporal } from '../worker/prepareTemporal';
import { migrationTarget } from './migrationTarget';
import { runCommand } from './runCommand';

/** What must be there before worker and API start: schema, namespaces, search attributes, bank holidays, the first partner. Safe to repeat. */
runCommand(async () => {
  const settings = readSettings();
  const applied = await migrate(migrationTarget());
  if (applied.length > 0) console.log(`${applied.length} migrations applied`);
  const db = createDatabase(required(settings, 'DATABASE_URL'), { applicationName: 'numericalz-prepare' });
  const connection = await Connection.connect(temporalConnectionOptions(settings));
  try {
    await prepareTemporal(connection, {
      filings: settings.TEMPORAL_NAMESPACE,
      operations: settings.TEMPORAL_OPERATIONS_NAMESPACE,
    });
    await installPackagedBankHolidays(db.pool, Number(londonDateOf(Date.now()).slice(0, 4)));
    if (settings.EMBEDDED || settings.BOOTSTRAP_PASSWORD !== undefined) {
      const client = new Client({ connection, namespace: settings.TEMPORAL_NAMESPACE, dataConverter: dataConverter(settings) });
      const temporal = { getClient: () => client, showClientNames: settings.TEMPORAL_SHOW_CLIENT_NAMES };
      const partner = await createFirstPartner(db, settings);
      if (partner) console.log(`${partner.email} is the first partner`);
      if (partner && settings.EMBEDDED && settings.SAMPLE_DATA) {
        const deps = { db, temporal, logger: createLogger(settings, 'prepare'), now: Date.now };
        const { people, clients } = await createSamplePractice(deps, partner);
        console.log(`a sample practice of ${people} colleagues and ${clients} clients was made`);
      }
    }
  } finally {
    await connection.close();
    await db.close();
  }
});
