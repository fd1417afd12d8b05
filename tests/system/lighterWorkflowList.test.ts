import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { waitUntil } from '../../embedded/runningProcess';
import { lightenWorkflowList } from '../../embedded/lighterWorkflowList';
import { prepareTemporal } from '../../worker/prepareTemporal';
import { OwnTemporalServer } from '../harness/ownTemporalServer';

const NAMESPACES = { filings: 'numericalz', operations: 'numericalz-operations' };
const IN_NAMESPACE = { namespace: NAMESPACES.filings };
const STAGE = defineSearchAttributeKey('Stage', SearchAttributeType.KEYWORD);
const DUE_DATE = defineSearchAttributeKey('DueDate', SearchAttributeType.DATETIME);

it('leaves the workflow list to be asked by stage, date, type, ID, status and words, and to follow what changes', async () => {
  const server = await OwnTemporalServer.start();
  try {
    const said: string[] = [];
    const all = indexesOf(server.database);
    const lighten = (): Promise<void> => server.restart(() => lightenWorkflowList(server.database, (line) => said.push(line)));
    // As two starts of a practice do.
    await lighten();
    await lighten();
    expect(said).toEqual([]);
    const left = ['by_status', 'by_temporal_namespace_division', 'by_workflow_id', 'by_workflow_type', 'default_idx'];
    expect(all).toEqual(expect.arrayContaining([...left, 'by_keyword_01', 'by_history_length']));
    expect(indexesOf(server.database)).toEqual(left);
    const connection = await Connection.connect({ address: server.address });
    try {
      await prepareTemporal(connection, NAMESPACES);
      const { workflow } = new Client({ connection, namespace: NAMESPACES.filings });
      const listed = async (query: string): Promise<string[]> => {
        const ids: string[] = [];
        for await (const { workflowId } of workflow.list({ query })) ids.push(workflowId);
        return ids.toSorted();
      };
      for (const [workflowId, stage, due] of [
        ['first', 'WORK_IN_PROGRESS', '2036-05-07'],
        ['second', 'QUERIES_PENDING', '2036-08-07'],
      ] as const) {
        const typedSearchAttributes = [
          { key: STAGE, value: stage },
          { key: DUE_DATE, value: new Date(due) },
        ];
        await workflow.start('nobodyRunsIt', { taskQueue: workflowId, workflowId, typedSearchAttributes });
      }
      const running = `ExecutionStatus = 'Running'`;
      expect(await waitUntil(async () => (await listed(running)).length === 2, 30_000)).toBe(true);
      expect(await listed(`Stage = 'QUERIES_PENDING'`)).toEqual(['second']);
      expect(await listed(`DueDate < '2036-06-01T00:00:00Z'`)).toEqual(['first']);
      expect(await listed(`WorkflowType = 'nobodyRunsIt' AND WorkflowId = 'second'`)).toEqual(['second']);
      for (const [version, other] of [
        ['one', 'two'],
        ['two', 'one'],
      ] as const) {
        await setChangeVersion(connection, version);
        expect(await waitUntil(async () => (await listed(`TemporalChangeVersion = '${version}'`)).length === 1, 30_000)).toBe(
          true,
        );
        expect(await listed(`TemporalChangeVersion = '${other}'`)).toEqual([]);
      }
      await workflow.getHandle('first').terminate();
      expect(await waitUntil(async () => (await listed(running)).length === 1, 30_000)).toBe(true);
      expect(await listed(`ExecutionStatus = 'Terminated' AND Stage = 'WORK_IN_PROGRESS'`)).toEqual(['first']);
    } finally {
      await connection.close();
    }
  } finally {
    await server.stop();
  }
}, 120_000);

it('says what it could not do, and changes nothing, where the file is not what it expects', () => {
  const folder = mkdtempSync(join(tmpdir(), 'numericalz-no-database-'));
  try {
    const file = join(folder, 'temporal.sqlite');
    writeFileSync(file, 'This is no database, and long enough to be looked at as one.'.repeat(20));
    const before = readFileSync(file);
    const said: string[] = [];
    lightenWorkflowList(file, (line) => said.push(line));
    expect(said).toEqual([expect.stringContaining('file is not a database')]);
    expect(readFileSync(file)).toEqual(before);
    const missing = join(folder, 'missing.sqlite');
    lightenWorkflowList(missing, (line) => said.push(line));
    expect(said[1]).toContain('unable to open database file');
    // A server would take an empty one for its own, and make no tables.
    expect(existsSync(missing)).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Sets an attribute of many words in a workflow task, as a worker with a version marker does. */
async function setChangeVersion(connection: Connection, version: string): Promise<void> {
  const { workflowService } = connection;
  await workflowService.signalWorkflowExecution({
    ...IN_NAMESPACE,
    workflowExecution: { workflowId: 'first' },
    signalName: 'go on',
  });
  const { taskToken } = await connection.withDeadline(Date.now() + 30_000, () =>
    workflowService.pollWorkflowTaskQueue({ ...IN_NAMESPACE, taskQueue: { name: 'first' } }),
  );
  const metadata = { encoding: Buffer.from('json/plain'), type: Buffer.from('KeywordList') };
  const indexedFields = { TemporalChangeVersion: { metadata, data: Buffer.from(JSON.stringify([version])) } };
  const upsert = {
    commandType: temporal.api.enums.v1.CommandType.COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
    upsertWorkflowSearchAttributesCommandAttributes: { searchAttributes: { indexedFields } },
  };
  await workflowService.respondWorkflowTaskCompleted({ ...IN_NAMESPACE, taskToken, commands: [upsert] });
}

function indexesOf(file: string): string[] {
  const names =
    "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'executions_visibility' AND sql IS NOT NULL ORDER BY name";
  const script = `import sqlite3, sys; print('\\n'.join(name for (name,) in sqlite3.connect(sys.argv[1]).execute(sys.argv[2])))`;
  return spawnSync('python3', ['-c', script, file, names], { encoding: 'utf8' }).stdout.trim().split('\n');
}
