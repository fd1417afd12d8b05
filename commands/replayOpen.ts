import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from '@temporalio/worker';
import { FILING_DEFINITIONS } from '../domain/filings/definitions';
import { readSettings } from '../settings/readSettings';
import { dataConverter, temporalConnectionOptions } from '../settings/temporal';
import { workflowSource } from '../worker/workflowBundle';
import { runCommand } from './runCommand';

const FETCHED_AT_ONCE = 8;

/**
 * npm run replay:open: replays every open filing of the running system against the workflow code of this working tree, and names those
 * that would not go on with it; exit code 1 where there are any. Reads only.
 */
runCommand(async () => {
  const settings = readSettings();
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }) } },
  });
  const connection = await Connection.connect(temporalConnectionOptions(settings));
  try {
    const client = new Client({
      connection,
      namespace: settings.TEMPORAL_NAMESPACE,
      dataConverter: dataConverter(settings),
    });
    const types = Object.values(FILING_DEFINITIONS).map(({ workflowType }) => `'${workflowType}'`);
    const open = client.workflow.list({ query: `ExecutionStatus = 'Running' AND WorkflowType IN (${types.join(', ')})` });
    const histories = open.intoHistories({ concurrency: FETCHED_AT_ONCE });
    let replayed = 0;
    let broken = 0;
    for await (const { workflowId, error } of Worker.runReplayHistories(await workflowSource(settings), histories)) {
      replayed += 1;
      if (!error) continue;
      broken += 1;
      console.log(`WOULD BREAK  ${workflowId}: ${error.message.split('\n')[0]}`);
    }
    console.log(`${replayed} open filings replayed, ${broken} would break`);
    if (broken > 0) process.exitCode = 1;
  } finally {
    await connection.close();
  }
});
