import type { z } from '@hono/zod-openapi';
import { accepts } from 'hono/accepts';
import type { Permission } from '../../domain/permissions';
import { logExport } from '../../services/audit/logExport';
import type { SignedInUser } from '../../services/sessions/readSession';
import type { CsvColumns } from '../csv';
import { csvFile } from '../csv';
import type { ApiDependencies } from '../dependencies';
import type { Answer, Api, Parsed } from '../endpoint';
import { endpoint } from '../endpoint';

const JSON_TYPE = 'application/json';
const CSV_TYPE = 'text/csv';

interface ReportConfig<Query extends z.ZodType, Data, Row> {
  path: `/reports/${string}`;
  summary: string;
  permission: Permission;
  query: Query;
  data: z.ZodType<Data>;
  csv: CsvColumns<Row>;
  /** The rows of the CSV file. */
  rows: (data: Data) => readonly Row[];
}

/** Declares a report: as JSON, and as CSV at `path.csv` or with `Accept: text/csv`. What is taken away as a file is logged. */
export function report<Query extends z.ZodType<Record<string, unknown>>, Data, Row>(
  api: Api,
  deps: ApiDependencies,
  { path, csv, rows, ...config }: ReportConfig<Query, Data, Row>,
  read: (query: Parsed<Query>, user: SignedInUser) => Promise<Data>,
): void {
  const name = path.replace('/reports/', '');
  const common = { ...config, method: 'get', tag: 'Reports', file: CSV_TYPE } as const;

  async function exported(query: Parsed<Query>, user: SignedInUser): Promise<Answer<never>> {
    const lines = rows(await read(query, user));
    await logExport(deps.db.pool, user, { what: name, filters: query, rows: lines.length });
    return { file: csvFile(name, csv, lines) };
  }

  endpoint<Data, undefined, Query>(api, { ...common, path }, async ({ query, user, c }) => {
    const wanted = accepts(c, { header: 'Accept', supports: [JSON_TYPE, CSV_TYPE], default: JSON_TYPE });
    return wanted === CSV_TYPE ? await exported(query, user) : { data: await read(query, user) };
  });
  const { data: _, ...fileOnly } = common;
  const summary = `${config.summary}, as CSV`;
  endpoint<never, undefined, Query>(api, { ...fileOnly, summary, path: `${path}.csv` }, async ({ query, user }) =>
    exported(query, user),
  );
}
