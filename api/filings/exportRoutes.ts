import type { z } from '@hono/zod-openapi';
import { londonDateOf } from '../../domain/calendar/london';
import type { FilingDefinition } from '../../domain/filings/definition';
import { stageLabel, WAITING_FOR_LABELS } from '../../domain/filings/labels';
import { listFilings } from '../../models/queries/filingList';
import { MAX_PAGE_LIMIT } from '../../models/queries/page';
import { logExport } from '../../services/audit/logExport';
import { viewerOf } from '../clients/routes';
import type { CsvColumns } from '../csv';
import { csvFile } from '../csv';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { presentFiling } from './present';
import type { FilingSchema } from './schemas';
import { filingExportQuery, filterOf } from './schemas';

/** A file holds at most so many rows: more is no list that a person reads. */
const MOST_ROWS = 10_000;

const COLUMNS: CsvColumns<z.infer<typeof FilingSchema>> = {
  'Client code': ({ client }) => client.clientCode,
  Client: ({ client }) => client.companyName,
  Period: (filing) => filing.quarterPeriod ?? filing.filingPeriodEnd,
  'Period start': (filing) => filing.quarterStartDate ?? filing.filingPeriodStart,
  'Period end': (filing) => filing.quarterEndDate ?? filing.filingPeriodEnd,
  Stage: ({ currentStage }) => stageLabel(currentStage),
  'Days in stage': ({ daysInStage }) => daysInStage,
  'Waits for': ({ waitingFor }) => WAITING_FOR_LABELS[waitingFor],
  Assigned: ({ assignedUser }) => assignedUser?.name,
  'Reminders sent': ({ remindersSent }) => remindersSent,
  'Next reminder': ({ nextReminderAt }) => nextReminderAt && londonDateOf(nextReminderAt.getTime()),
  Due: ({ filingDueDate }) => filingDueDate,
  'Days left': ({ daysLeft }) => daysLeft,
  Filed: ({ isCompleted }) => isCompleted,
  Cancelled: ({ isCancelled }) => isCancelled,
};

/** The filings of a list as a file. Its path comes before `/{id}`, which would take it for an id. */
export function exportRoutes(api: Api, deps: ApiDependencies, definition: FilingDefinition): void {
  const { kind, route, label } = definition;
  const query = filingExportQuery(definition);
  endpoint<never, undefined, typeof query>(
    api,
    {
      method: 'get',
      path: `/${route}/export.csv`,
      tag: label,
      summary: `The filings under a filter as CSV, ${MOST_ROWS} at most`,
      permission: 'see filings',
      query,
      file: 'text/csv',
    },
    async ({ query: filters, user }) => {
      const today = londonDateOf(deps.now());
      const rows: z.infer<typeof FilingSchema>[] = [];
      for (let page = 1; rows.length < MOST_ROWS; page += 1) {
        const request = { ...filterOf(filters, user.id), page, limit: MAX_PAGE_LIMIT };
        const part = await listFilings(deps.db, kind, viewerOf(user), request, today);
        rows.push(...part.rows.map(presentFiling));
        if (part.rows.length < MAX_PAGE_LIMIT) break;
      }
      await logExport(deps.db.pool, user, { what: route, filters, rows: rows.length });
      return { file: csvFile(route, COLUMNS, rows) };
    },
  );
}
