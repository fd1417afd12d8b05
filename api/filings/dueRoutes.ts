import { z } from '@hono/zod-openapi';
import { londonDateOf } from '../../domain/calendar/london';
import { VAT_QUARTER } from '../../domain/filings/vatQuarter';
import { VAT_STAGES } from '../../domain/filings/stages';
import { vatQuartersDue } from '../../models/queries/vatQuarters';
import { viewerOf } from '../clients/routes';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { pageFields, paginationOf } from '../schemas';
import { presentFiling } from './present';
import { FilingSchema } from './schemas';

const MAX_DAYS = 3650;

const DueQuery = z.strictObject({
  stage: z.enum(VAT_STAGES).default('PAPERWORK_PENDING_CHASE'),
  days: z.coerce.number().int().min(0).max(MAX_DAYS).default(30),
  ...pageFields,
});

/** The quarters of a stage that are due soon. Its path comes before `/vat-quarters/{id}`, which would take it for an id. */
export function dueRoutes(api: Api, deps: ApiDependencies): void {
  endpoint(
    api,
    {
      method: 'get',
      path: `/${VAT_QUARTER.route}/due`,
      tag: VAT_QUARTER.label,
      summary: 'Open quarters in a stage that are due today or within so many days, the soonest first',
      permission: 'see filings',
      query: DueQuery,
      data: z.array(FilingSchema),
      isList: true,
    },
    async ({ query, user }) => {
      const page = await vatQuartersDue(deps.db, viewerOf(user), londonDateOf(deps.now()), query);
      return { data: page.rows.map(presentFiling), pagination: paginationOf(page, query) };
    },
  );
}
