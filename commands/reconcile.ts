import { parseArgs } from 'node:util';
import { createDatabase } from '../models';
import { reconcilePractice } from '../services/reconcile/reconcilePractice';
import { readSettings } from '../settings/readSettings';
import { required } from '../settings/settings';
import { runCommand } from './runCommand';
import { runningTemporal } from './runningTemporal';

/** npm run db:reconcile [-- --terminate]: brings rows and workflows together; exit code 1 where something is left. */
runCommand(async () => {
  const { values } = parseArgs({ options: { terminate: { type: 'boolean', default: false } } });
  const settings = readSettings();
  const temporal = await runningTemporal(settings);
  if ('missing' in temporal)
    throw new Error(`${temporal.missing}: the filings' workflows answer only while Temporal and a worker run`);
  const db = createDatabase(required(settings, 'DATABASE_URL'), { applicationName: 'numericalz-reconcile' });
  try {
    const report = await reconcilePractice({
      db: db.pool,
      temporal: temporal.client,
      showClientNames: settings.TEMPORAL_SHOW_CLIENT_NAMES,
      mayTerminate: values.terminate,
      say: (line) => console.log(line),
    });
    console.log(
      `${report.equal} equal, ${report.broughtForward} rows brought forward, ${report.started} workflows started, ` +
        `${report.told} workflows brought forward, ${report.replaced} replaced, ${report.stray} without an open filing` +
        `${values.terminate ? ' terminated' : ''}, ${report.left} left, ${report.failed} failed`,
    );
    if (report.failed > 0 || (!values.terminate && report.stray > 0)) process.exitCode = 1;
  } finally {
    await temporal.close();
    await db.close();
  }
});
