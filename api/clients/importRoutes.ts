import { z } from '@hono/zod-openapi';
import { CSV_COLUMNS } from '../../domain/clients/csvColumns';
import { COMPANY_TYPES } from '../../domain/clients/clientFields';
import type { FilterField } from '../../domain/clients/filterFields';
import { londonDateOf } from '../../domain/calendar/london';
import { exportClients, SEPARATORS } from '../../services/clients/exportClients';
import type { Imported } from '../../services/clients/importClients';
import { importClients } from '../../services/clients/importClients';
import { MOST_ROWS } from '../../services/clients/planImport';
import { findFilter } from '../../services/clients/savedFilters';
import { CsvTooLargeError, readCsv, UnreadableCsvError } from '../../services/csv/readCsv';
import type { ApiDependencies } from '../dependencies';
import { csvFile } from '../csv';
import type { Answer, Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { ApiError, notFound } from '../errors';
import { underKey } from '../requestHeaders';
import { FlagSchema } from '../schemas';
import { explained } from './explained';
import { FilterTextSchema, typedFilter } from './filterSchemas';
import { clientCheck } from './importCheck';
import { viewerOf } from './routes';

const TAG = 'Clients';
const CSV_TYPE = 'text/csv; charset=utf-8';
/** The largest file of clients. */
export const LARGEST_FILE_BYTES = 20 * 1024 * 1024;

/** What an import did, or would do. */
export const ImportSchema = z
  .object({
    dryRun: z.boolean(),
    rows: z.int(),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    refused: z.int(),
    errors: z.array(z.object({ row: z.int(), column: z.string().nullable(), value: z.string(), message: z.string() })),
    moreErrors: z.int(),
    preview: z
      .array(
        z.object({
          row: z.int(),
          clientCode: z.string().nullable(),
          companyName: z.string(),
          before: z.record(z.string(), z.unknown()).nullable(),
          after: z.record(z.string(), z.unknown()),
        }),
      )
      .openapi({ description: 'Of a dry run: the first clients that it would add or change, field by field' }),
    operationId: z.string().nullable(),
  })
  .openapi('ClientImport');

/** One company whose VAT returns are filed, and one person. */
const SAMPLE: Partial<Record<FilterField, string>>[] = [
  {
    companyName: 'Example Bakery Ltd',
    companyType: 'LIMITED_COMPANY',
    companyNumber: '09990001',
    contactName: 'Alex Example',
    contactEmail: 'alex@example.com',
    contactPhone: '020 7946 0000',
    nextYearEnd: '2026-03-31',
    isVatEnabled: 'yes',
    vatFrequency: 'Quarterly',
    vatQuarterGroup: 'A',
    vatRegistrationDate: '2020-04-01',
  },
  {
    companyName: 'Casey Example',
    companyType: 'NON_LIMITED_COMPANY',
    contactName: 'Casey Example',
    contactEmail: 'casey@example.com',
    isVatEnabled: 'no',
  },
];

const SAMPLE_COLUMNS = Object.fromEntries(
  CSV_COLUMNS.filter(({ field }) => SAMPLE.some((row) => row[field] !== undefined)).map(({ field, label }) => [
    label,
    (row: (typeof SAMPLE)[number]) => row[field],
  ]),
);

const columns = CSV_COLUMNS.map(({ name, isFixed }) => (isFixed ? `${name} (told, not changed)` : name)).join(', ');

/** Clients as CSV files, in and out. */
export function clientImportRoutes(api: Api, deps: ApiDependencies): void {
  const { db } = deps;

  endpoint(
    api,
    {
      method: 'post',
      path: '/clients/import',
      tag: TAG,
      summary:
        'Import clients from CSV: makes them, or changes those with the same client code, company number or VAT number; with dryRun only tells what would happen',
      description: `Up to ${MOST_ROWS} rows, UTF-8, separated by comma, semicolon or tab. Columns, in any order: ${columns}. An empty cell takes the value away; a column that is not there leaves it. The same Idempotency-Key with the same file is the same import, answered as the first was.`,
      permission: 'import clients',
      query: z.strictObject({ dryRun: FlagSchema.default(false), allOrNothing: FlagSchema.default(false) }),
      upload: 'text/csv',
      data: ImportSchema,
    },
    async ({ query: { dryRun, allOrNothing }, user, c }) => {
      if (!/^text\/csv\b/i.test(c.req.header('content-type') ?? '')) {
        throw new ApiError('NOT_CSV', 'Send CSV, with Content-Type: text/csv');
      }
      if (Number(c.req.header('content-length') ?? 0) > LARGEST_FILE_BYTES) {
        throw new ApiError('TOO_LARGE', `The file may have ${LARGEST_FILE_BYTES / 1024 / 1024} MB at most`);
      }
      const by = { id: user.id, name: user.name, role: user.role };
      const records = readCsv(c.req.raw.body ?? nothing(), LARGEST_FILE_BYTES);
      const check = clientCheck(londonDateOf(deps.now()));
      const result = await underKey(c, (idempotencyKey) => {
        const options = { isDryRun: dryRun, isAllOrNothing: allOrNothing, idempotencyKey };
        return readable(() => explained(() => importClients(deps, by, records, check, options)));
      });
      if (allOrNothing && !dryRun && result.refused > 0) throw refusal(result);
      return imported(result, dryRun);
    },
  );

  endpoint(
    api,
    {
      method: 'get',
      path: '/clients/import-sample.csv',
      tag: TAG,
      summary: 'An example of a file that an import reads',
      permission: 'import clients',
      file: CSV_TYPE,
    },
    () => Promise.resolve({ file: csvFile('clients-sample', SAMPLE_COLUMNS, SAMPLE) }),
  );

  endpoint(
    api,
    {
      method: 'get',
      path: '/clients/export.csv',
      tag: TAG,
      summary:
        'Clients as a CSV file that an import reads back; a staff member’s own, by an AdvancedFilter where one is given, saved or as JSON',
      permission: 'export clients',
      query: z.strictObject({
        search: z.string().max(200).optional(),
        companyType: z.enum(COMPANY_TYPES).optional(),
        active: FlagSchema.optional(),
        assignedUserId: z.string().max(50).optional(),
        filterId: z.string().max(50).optional(),
        filter: FilterTextSchema.optional(),
        separator: z.enum(['comma', 'semicolon', 'tab'] satisfies (keyof typeof SEPARATORS)[]).default('comma'),
        byteOrderMark: FlagSchema.default(true),
      }),
      file: CSV_TYPE,
    },
    async ({ query: { filterId, filter, separator, byteOrderMark, ...plain }, user }) => {
      const saved = filterId === undefined ? undefined : await findFilter(db, user, filterId);
      if (filterId !== undefined && !saved) throw notFound('filter');
      if (saved && filter) throw new ApiError('VALIDATION_FAILED', 'Name a saved filter or give one, not both');
      const advanced = saved ? typedFilter(saved.filter) : filter && typedFilter(filter, 'filter.');
      const asked = { ...plain, ...(advanced ? { advanced } : {}) };
      const pages = await exportClients(db, viewerOf(user), asked, { separator, hasByteOrderMark: byteOrderMark });
      const name = `clients-${londonDateOf(deps.now())}.csv`;
      return { file: { name, type: CSV_TYPE, body: streamOf(pages) } };
    },
  );
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnreadableCsvError) throw new ApiError('VALIDATION_FAILED', error.message);
    if (error instanceof CsvTooLargeError) throw new ApiError('TOO_LARGE', error.message);
    throw error;
  }
}

function refusal({ refused, problems }: Imported): ApiError {
  const errors = problems.map(({ row, column, message }) => ({
    path: `row ${row}${column === null ? '' : `, ${column}`}`,
    message,
  }));
  return new ApiError(
    'VALIDATION_FAILED',
    `Nothing was imported: ${refused} ${refused === 1 ? 'row is' : 'rows are'} not right`,
    errors,
  );
}

function imported(result: Imported, dryRun: boolean): Answer<z.infer<typeof ImportSchema>> {
  const { rows, created, updated, unchanged, refused, problems, moreProblems, preview, operationId } = result;
  const would = dryRun ? 'would be ' : '';
  return {
    data: {
      dryRun,
      rows,
      created,
      updated,
      unchanged,
      refused,
      errors: problems,
      moreErrors: moreProblems,
      preview: preview.map(({ fields, ...one }) => ({ ...one, after: fields })),
      operationId,
    },
    message: `${created} ${would}added, ${updated} ${would}changed, ${unchanged} as they are, ${refused} ${would}refused`,
    extra: { success: refused < rows || rows === 0 },
    ...(operationId === null ? {} : { headers: { Location: `/api/v1/bulk-operations/${operationId}` } }),
  };
}

/** Text as it is asked for, so that a slow reader holds nothing up but their own file. */
function streamOf(pages: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      const next = await pages.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    cancel: async () => {
      await pages.return(undefined);
    },
  });
}
