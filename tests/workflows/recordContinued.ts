import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endProcess, waitUntil } from '../../embedded/runningProcess';
import { temporalServerArgs } from '../../embedded/temporalServer';
import { findTool, TEMPORAL_CLI } from '../../embedded/tools';
import type { ApiCaller } from '../harness/apiCaller';
import { freePort, isListening } from '../../embedded/ports';
import { RunningPractice } from '../harness/runningPractice';
import { TOOLS_DIR } from '../harness/servers';
import type { RecordedStory } from './recordTimers';

const MOVES = 30;
const CLIENT = { contactName: 'Casey Contact', contactEmail: 'casey@example.com', companyName: 'Acme Trading' };

/** Lives a filing of each kind whose history grows so long that it goes on in another run; both runs are kept. */
export async function recordContinued(keep: (story: RecordedStory) => Promise<void>): Promise<void> {
  const [port, uiPort] = [await freePort(), await freePort()];
  const dataDir = mkdtempSync(join(tmpdir(), 'numericalz-temporal-'));
  const dynamicConfig = ['limit.historyCount.suggestContinueAsNew=50'];
  const args = temporalServerArgs({ dataDir, port, uiPort, dynamicConfig, isThrowaway: true });
  const server = spawn(findTool(TEMPORAL_CLI, TOOLS_DIR, console.log), args, { stdio: 'ignore' });
  let practice: RunningPractice | undefined;
  try {
    if (!(await waitUntil(() => isListening(port), 60_000))) throw new Error('Temporal did not start');
    practice = await RunningPractice.start(`127.0.0.1:${port}`);
    const partner = await practice.partner();
    const vat = {
      isVatEnabled: true,
      vatQuarterGroup: 'C',
      vatRegistrationDate: '2020-01-01',
      companyType: 'NON_LIMITED_COMPANY',
    };
    const year = {
      incorporationDate: '2015-01-15',
      lastAccountsMadeUpTo: '2025-12-31',
      nextYearEnd: '2026-12-31',
      companyType: 'LIMITED_COMPANY',
    };
    for (const [name, route, client, other] of [
      ['vat', 'vat-quarters', vat, 'QUERIES_PENDING'],
      ['ltd', 'ltd-accounts', year, 'MANAGER_DISCUSSION'],
    ] as const) {
      const workflowId = await moveOften(partner, route, client, other);
      const runs: { runId: string; startTime: Date }[] = [];
      for await (const run of practice.temporal.workflow.list({ query: `WorkflowId = '${workflowId}'` })) runs.push(run);
      const [first, ...later] = runs.toSorted((a, b) => a.startTime.getTime() - b.startTime.getTime());
      const last = later.at(-1);
      if (!first || !last) throw new Error(`${workflowId} did not go on in another run`);
      await keep({ name: `${name}-continued-as-new`, workflowId, runId: first.runId, client: practice.temporal });
      await keep({ name: `${name}-continuing`, workflowId, runId: last.runId, client: practice.temporal });
      await keep({ name: `${name}-continuing-by-one-timer`, workflowId, runId: last.runId, client: practice.temporal });
    }
  } finally {
    await practice?.stop();
    if (server.pid !== undefined) await endProcess(server.pid, 'SIGTERM', 10_000);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Moves a new client's filing to and fro; gives its workflow. */
async function moveOften(partner: ApiCaller, route: string, client: object, other: string): Promise<string> {
  const created = await partner.post('/clients', { ...CLIENT, ...client });
  const [row] = (await partner.get(`/${route}?clientId=${created.row().id}`)).rows();
  const stages = Array.from({ length: MOVES }, (_, move) => (move % 2 === 0 ? 'WORK_IN_PROGRESS' : other));
  for (const stage of ['PAPERWORK_RECEIVED', ...stages]) {
    const path = `/${route}/${String(row?.['id'])}/transitions`;
    const moved = await partner.post(path, { stage }, { prefer: 'wait=30' });
    if (moved.status !== 200) throw new Error(`${stage}: ${moved.status} ${moved.body.message}`);
  }
  return String(row?.['workflowId']);
}
