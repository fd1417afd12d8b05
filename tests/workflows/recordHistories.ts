import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { withOwnSystem } from '../harness/ownSystem';
import type { ToldStory } from './filingStories';
import { tellStories } from './filingStories';
import globalSetup from '../harness/globalSetup';
import globalTeardown from '../harness/globalTeardown';
import { recordContinued } from './recordContinued';
import { recordTimers } from './recordTimers';

const FOLDER = join(__dirname, 'histories');

/**
 * npm run histories:record: lives every shape of a filing on a system of its own and keeps the histories, for later releases to replay.
 * One that is there already stands for filings in flight and stays as it is.
 */
async function main(): Promise<void> {
  await withOwnSystem(async ({ partner, temporalAddress }) => {
    const connection = await Connection.connect({ address: temporalAddress });
    try {
      const client = new Client({ connection, namespace: 'numericalz' });
      for (const story of await tellStories(partner, client)) await keep(client, story);
    } finally {
      await connection.close();
    }
  });
}

/** Keeps the history of a story, unless one of that name is there. */
async function keep(client: Client, { name, workflowId, runId }: ToldStory): Promise<void> {
  if (existsSync(fileOf(name))) return;
  const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  writeFileSync(fileOf(name), `${withoutStackTraces(historyToJSON(history))}\n`);
  console.log(`${name}: ${history.events?.length ?? 0} events`);
}

/** They name the folders of the machine that recorded them, and no replay reads them. */
function withoutStackTraces(json: string): string {
  const replacer = (key: string, value: unknown): unknown => (key === 'stackTrace' ? '' : value);
  return JSON.stringify(JSON.parse(json), replacer, 2);
}

function fileOf(name: string): string {
  return join(FOLDER, `${name}.json`);
}

/** Shapes that take other servers: one whose time is skipped, one that asks for a new run early. */
async function recordOnTestServers(): Promise<void> {
  await globalSetup();
  try {
    await recordTimers(({ client, ...story }) => keep(client, story));
    await recordContinued(({ client, ...story }) => keep(client, story));
  } finally {
    await globalTeardown();
  }
}

main()
  .then(recordOnTestServers)
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
