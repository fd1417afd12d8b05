import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { waitUntil } from '../../embedded/runningProcess';
import type { ApiCaller } from '../harness/apiCaller';
import { withOwnSystem } from '../harness/ownSystem';

const FOLDER = process.argv[2] ?? resolve(__dirname, '..', '..', 'docs', 'images');
const NAMESPACE = 'numericalz';
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const COLUMNS = ['Status', 'Workflow ID', 'ClientName', 'Stage', 'WaitingFor', 'DueDate', 'Overdue', 'AssignedTo'];

/** A client of which one VAT quarter is moved along these stages; without any it is chased by itself. */
const CLIENTS: [string, string[]][] = [
  ['Harbour Lights Ltd', []],
  ['Oakwood Joinery', ['PAPERWORK_RECEIVED']],
  ['Tamar Ceramics', ['PAPERWORK_RECEIVED', 'WORK_IN_PROGRESS', 'QUERIES_PENDING']],
  ['Pennine Cycles', ['PAPERWORK_RECEIVED', 'WORK_IN_PROGRESS', 'REVIEW_PENDING_MANAGER']],
];
const FILED: [string, string[]] = [
  'Larkspur Bakery',
  ['PAPERWORK_RECEIVED', 'WORK_IN_PROGRESS', 'REVIEW_PENDING_PARTNER', 'EMAILED_TO_CLIENT', 'CLIENT_APPROVED', 'FILED_TO_HMRC'],
];

/**
 * npm run docs:temporal-screenshots [-- FOLDER]: lives a few filings on a system of its own and takes pictures of what a manager sees of them
 * in the Temporal UI, into docs/images unless told. Needs Chromium, at /usr/bin/chromium or where CHROMIUM says.
 */
async function main(): Promise<void> {
  await withOwnSystem(async ({ partner, temporalUiUrl }) => {
    const [chased] = await livePractice(partner);
    const filed = await live(partner, FILED);
    await photograph(temporalUiUrl, { chased: String(chased), filed });
  });
}

/** Brings the filings to their stages; gives their workflow ids. */
async function livePractice(partner: ApiCaller): Promise<string[]> {
  await partner.put('/settings/chase-policies/vat', { sendTime: '00:00', lastSendTime: '00:00', workingDaysOnly: false });
  const workflowIds: string[] = [];
  for (const client of CLIENTS) workflowIds.push(await live(partner, client));
  return workflowIds;
}

async function live(partner: ApiCaller, [companyName, stages]: [string, string[]]): Promise<string> {
  const client = await partner.post('/clients', {
    companyName,
    companyType: 'NON_LIMITED_COMPANY',
    contactName: 'Casey Contact',
    contactEmail: 'casey@example.com',
    isVatEnabled: true,
    vatFrequency: 'Monthly',
    vatRegistrationDate: '2020-01-01',
  });
  const [row] = (await partner.get(`/vat-quarters?clientId=${client.row().id}&sortBy=periodEnd&sortOrder=asc`)).rows();
  const [path, workflowId] = [`/vat-quarters/${String(row?.['id'])}`, String(row?.['workflowId'])];
  const stage = async (): Promise<unknown> => (await partner.get(path)).row()['currentStage'];
  if (!(await waitUntil(async () => (await stage()) === 'PAPERWORK_CHASED', 120_000)))
    throw new Error(`${companyName} was not chased`);
  const { id } = (await partner.get('/auth/me')).row();
  await partner.put(`${path}/assignee`, { userId: id });
  for (const next of stages) {
    const moved = await partner.post(`${path}/transitions`, { stage: next }, { prefer: 'wait=30' });
    if (moved.status !== 200) throw new Error(`${companyName} was not moved to ${next}: ${moved.body.message}`);
  }
  return workflowId;
}

async function photograph(uiUrl: string, { chased, filed }: { chased: string; filed: string }): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1800, height: 1000 } });
    const workflows = `${uiUrl}/namespaces/${NAMESPACE}/workflows`;
    await page.goto(workflows);
    await showColumns(page);
    const query = 'FilingKind = "VAT_QUARTER"';
    await take(page, `${workflows}?query=${encodeURIComponent(query)}`, chased, 'workflow-list');
    for (const [name, workflowId] of Object.entries({ 'filing-in-mid-chase': chased, 'filing-filed': filed })) {
      await take(page, `${workflows}/${encodeURIComponent(workflowId)}`, workflowId, name);
    }
  } finally {
    await browser.close();
  }
}

/** The columns that the documentation suggests, which the UI keeps in the browser. */
async function showColumns(page: Page): Promise<void> {
  const columns = JSON.stringify({ [NAMESPACE]: COLUMNS.map((label) => ({ label })) });
  await page.evaluate(`localStorage.setItem('namespace-workflow-table-columns', ${JSON.stringify(columns)})`);
}

/** Opens a page, waits for a text in it and takes its picture. */
async function take(page: Page, url: string, text: string, name: string): Promise<void> {
  // The history page never stops asking for news: what it should show is waited for.
  await page.goto(url);
  await page.getByText(text).first().waitFor();
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  console.log(`${name}.png: ${page.url()}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
