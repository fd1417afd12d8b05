import type { ApiCaller } from '../harness/apiCaller';
import { OwnTemporalServer } from '../harness/ownTemporalServer';
import { RunningPractice } from '../harness/runningPractice';
import type { RecordedStory } from './recordTimers';

const MOVES = 30;
const CLIENT = { contactName: 'Casey Contact', contactEmail: 'casey@example.com', companyName: 'Acme Trading' };

/** Lives a filing of each kind whose history grows so long that it goes on in another run; both runs are kept. */
export async function recordContinued(keep: (story: RecordedStory) => Promise<void>): Promise<void> {
  const server = await OwnTemporalServer.start(['limit.historyCount.suggestContinueAsNew=50']);
  let practice: RunningPractice | undefined;
  try {
    practice = await RunningPractice.start(server.address);
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
    await server.stop();
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
