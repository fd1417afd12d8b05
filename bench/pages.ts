import type { Bench } from './bench';
import type { Findings } from './findings';
import type { Part } from './part';
import { atMost } from './part';
import type { Series } from './series';
import { joined, measure, percentile } from './series';

/** So often each page, and the calls behind it, are asked for in a round, by turns: what else the machine does then slows both. */
const TURNS = 40;
/** What every page asks the API: who the person is, and whether there is news. */
const BEHIND_EVERY_PAGE = ['/auth/me', '/notifications?unreadOnly=true&limit=1'];
const OPEN = 'isCompleted=false&isCancelled=false';

interface MeasuredPage {
  figure: string;
  label: string;
  path: string;
  /** The calls of the API that the page makes. */
  behind: readonly string[];
}

const PAGES: readonly MeasuredPage[] = [
  {
    figure: 'pageOfClients',
    label: 'page of clients',
    path: '/clients',
    behind: ['/clients?limit=50&active=true', '/users', '/saved-views?page=clients', '/client-filters'],
  },
  {
    figure: 'pageOfVatQuarters',
    label: 'page of VAT quarters',
    path: '/vat-quarters',
    behind: [`/vat-quarters?limit=40&${OPEN}`, `/vat-quarters/counts?${OPEN}`, '/users', '/saved-views?page=vat-quarters'],
  },
];

/** Opens pages, and makes the calls of the API that are behind each at once, by turns; on what the lists were filled with. */
export const pages: Part = {
  name: 'pages',
  goals: [
    atMost('pageOfClients', 1.5, 'page of clients, time, times the API’s calls behind it'),
    atMost('pageOfVatQuarters', 1.5, 'page of VAT quarters, time, times the API’s calls behind it'),
  ],
  measure: measurePages,
};

async function measurePages({ practice: { api, apiUrl }, sizes }: Bench): Promise<Findings> {
  const token = api.headers['authorization']?.replace('Bearer ', '') ?? '';
  const site = new URL(apiUrl).origin;
  const headers = { cookie: `session=${token}` };
  const ask = async (url: string): Promise<void> => {
    const response = await fetch(url, { headers, redirect: 'error' });
    await response.text();
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  };

  const findings: Findings = { figures: {}, lines: [], violations: [] };
  for (const { figure, label, path, behind } of PAGES) {
    const open = async (): Promise<void> => await ask(site + path);
    const call = async (): Promise<void> => {
      await Promise.all([...BEHIND_EVERY_PAGE, ...behind].map((address) => ask(apiUrl + address)));
    };
    for (const warmUp of [open, call]) await measure(1, TURNS, warmUp);
    const [opened, called]: [Series[], Series[]] = [[], []];
    for (let turn = 0; turn < sizes.listRounds * TURNS; turn += 1) {
      opened.push(await measure(1, 1, open));
      called.push(await measure(1, 1, call));
    }
    const [page, alone] = [percentile(joined(opened), 0.5), percentile(joined(called), 0.5)];
    findings.figures[figure] = page / alone;
    findings.lines.push(`${label}: ${page.toFixed(1)} ms, the API’s calls behind it ${alone.toFixed(1)} ms`);
  }
  return findings;
}
