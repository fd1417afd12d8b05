import type { Bench } from './bench';
import type { Findings } from './findings';
import type { Part } from './part';
import { measure, percentile } from './series';

const AT_ONCE = 4;
const CALLS = 100;
const HEADER = 'companyName,companyType,contactName,contactEmail,numberOfEmployees,nextYearEnd';

/** Searches, filters, exports and imports among the clients that the pages of the list were measured with. */
export const clientWork: Part = { name: 'clients', goals: [], measure: measureClientWork };

async function measureClientWork({ practice, sizes }: Bench): Promise<Findings> {
  const { api, apiUrl } = practice;
  const violations: string[] = [];
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const startedAt = performance.now();
    await work();
    return performance.now() - startedAt;
  };
  const ask = async (method: 'GET' | 'POST', path: string, body?: object): Promise<void> => {
    const { status } = await api.call(method, path, body);
    if (status !== 200) violations.push(`${method} ${path} answered ${status}`);
  };

  const search = await measure(AT_ONCE, CALLS, () => ask('GET', '/clients/search?q=00012'));
  const byText = await measure(AT_ONCE, CALLS, () =>
    ask('POST', '/clients/filter', { filter: filterBy({ field: 'contactEmail', operator: 'contains', value: '.4711@' }) }),
  );
  const byNumber = await measure(AT_ONCE, CALLS, () =>
    ask('POST', '/clients/filter', {
      filter: filterBy({ field: 'numberOfEmployees', operator: 'between', value: 100, value2: '120' }),
    }),
  );

  let exportedBytes = 0;
  const exportMs = await timed(async () => {
    const response = await fetch(`${apiUrl}/clients/export.csv`, { headers: api.headers });
    exportedBytes = (await response.arrayBuffer()).byteLength;
  });
  const rows = Array.from(
    { length: sizes.importedRows },
    (_, index) => `Imported ${index},NON_LIMITED_COMPANY,Casey,import${index}@example.com,${index % 50},2026-03-31`,
  );
  const file = [HEADER, ...rows].join('\n');
  const send = async (query: string): Promise<void> => {
    const headers = { ...api.headers, 'content-type': 'text/csv' };
    const response = await fetch(`${apiUrl}/clients/import${query}`, { method: 'POST', headers, body: file });
    if (response.status !== 200) violations.push(`The import${query} answered ${response.status}`);
  };
  const dryRunMs = await timed(() => send('?dryRun=true'));
  const importMs = await timed(() => send(''));

  const perSecond = (count: number, milliseconds: number): number => count / (milliseconds / 1000);
  return {
    figures: {
      clientSearchP50Ms: percentile(search, 0.5),
      clientFilterByTextP50Ms: percentile(byText, 0.5),
      clientFilterByNumberP50Ms: percentile(byNumber, 0.5),
      clientsExportedPerSecond: perSecond(sizes.listedClients, exportMs),
      clientsCheckedPerSecond: perSecond(sizes.importedRows, dryRunMs),
      clientsImportedPerSecond: perSecond(sizes.importedRows, importMs),
    },
    lines: [
      `clients, search: ${percentile(search, 0.5).toFixed(0)} ms p50, ${percentile(search, 0.99).toFixed(0)} ms p99, ${AT_ONCE} at a time`,
      `clients, filter: ${percentile(byText, 0.5).toFixed(0)} ms p50 by an indexed text, ${percentile(byNumber, 0.5).toFixed(0)} ms by a field without an index`,
      `clients, export: ${sizes.listedClients} in ${(exportMs / 1000).toFixed(1)} s (${(exportedBytes / 1024 / 1024).toFixed(0)} MB)`,
      `clients, import of ${sizes.importedRows} rows: ${(importMs / 1000).toFixed(1)} s, dry run ${(dryRunMs / 1000).toFixed(1)} s`,
    ],
    violations,
  };
}

function filterBy(condition: object): object {
  return { groupOperator: 'AND', groups: [{ operator: 'AND', conditions: [condition] }] };
}
