import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { servers } from '../harness/servers';

const FOLDER = join(__dirname, 'histories');
const names = readdirSync(FOLDER).map((file) => file.replace('.json', ''));

beforeAll(() => Runtime.install({ logger: new DefaultLogger('ERROR') }));

const options = () => ({
  workflowBundle: { codePath: servers().bundlePath },
  dataConverter: { payloadConverterPath: require.resolve('../../workflows/payloadConverter') },
});

function history(name: string): unknown {
  return historyFromJSON(JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')));
}

it.each(names)('goes on with a filing in flight, or one that has ended: %s', async (name) => {
  await Worker.runReplayHistory(options(), history(name), name);
});

it.each(names)('names no folder of the machine that recorded it: %s', (name) => {
  expect(readFileSync(join(FOLDER, `${name}.json`), 'utf8')).not.toMatch(/"stackTrace": "[^"]/);
});

it('has a history of every stage of every kind', () => {
  const stages = Object.values(FILING_DEFINITIONS).flatMap(({ policyKind, stages: ofKind }) =>
    ofKind.slice(0, -1).map(({ stage }) => `${policyKind.toLowerCase()}-at-${stage}`),
  );
  expect(names).toEqual(expect.arrayContaining(stages));
});

it.each(names)('would notice that a filing does something less than before: %s', async (name) => {
  const code = readFileSync(servers().bundlePath, 'utf8');
  const changed = code.replace('if (changed.length > 0)', 'if (false)');
  expect(changed).not.toBe(code);
  const replay = Worker.runReplayHistory({ ...options(), workflowBundle: { code: changed } }, history(name), name);
  await expect(replay).rejects.toThrow(/[Nn]ondetermin/);
});

it('notices a history that the code would not have made', async () => {
  const text = readFileSync(join(FOLDER, 'vat-filed.json'), 'utf8').replaceAll('vatQuarterWorkflow', 'openDueFilingsWorkflow');
  await expect(Worker.runReplayHistory(options(), historyFromJSON(JSON.parse(text)), 'changed')).rejects.toThrow();
});
