import type { z } from '@hono/zod-openapi';
import type { IsoDate } from '../../domain/calendar/dates';
import { clientDeadlines } from '../../domain/deadlines/clientDeadlines';
import type { Deadline } from '../../domain/deadlines/deadline';
import { accountsDeadlines, vatDeadlines } from '../../domain/deadlines/filingDeadlines';
import type { FilingKind } from '../../domain/filings/stages';
import { corporationTaxDueDate, corporationTaxReturnDue, splitPeriodOfAccount } from '../../domain/uk/corporationTax';
import type { Database } from '../../models';
import type { ClientRow } from '../../models/queries/clientRow';
import type { DatedClientRow } from '../../models/queries/datedClient';
import { readDatedClient } from '../../models/queries/datedClient';
import type { FilingRows } from '../../models/queries/filingRow';
import type { ClientFiling } from '../../services/filings/clientFilings';
import type { CorporationTaxSchema } from './deadlineSchemas';

/** The deadlines of a client with where its Corporation Tax stands; `today` is the date in London. */
export async function datesOfClient(
  { pool }: Database,
  row: ClientRow,
  filings: readonly ClientFiling[],
  today: IsoDate,
): Promise<{ deadlines: Deadline[]; corporationTax: z.infer<typeof CorporationTaxSchema> | null }> {
  const dated = await readDatedClient(pool, row.id);
  if (!dated) return { deadlines: [], corporationTax: null };
  return {
    deadlines: clientDeadlines(dated.client, dated.official, today),
    corporationTax: corporationTaxOf(row, dated, filings),
  };
}

/** The deadlines of a filing; `today` is the date in London. */
export async function datesOfFiling({ pool }: Database, row: FilingRows[FilingKind], today: IsoDate): Promise<Deadline[]> {
  const dated = await readDatedClient(pool, row.clientId);
  if (!dated) return [];
  return 'quarterPeriod' in row
    ? vatDeadlines(row, dated.client.vatScheme)
    : accountsDeadlines(row, dated.client, dated.official, today);
}

function corporationTaxOf(
  row: ClientRow,
  { statusChangedBy }: DatedClientRow,
  filings: readonly ClientFiling[],
): z.infer<typeof CorporationTaxSchema> | null {
  if (row.companyType !== 'LIMITED_COMPANY') return null;
  const { corporationTaxPeriodStart: start, corporationTaxPeriodEnd: end } = row;
  const filing = filings.find(({ kind, periodStart }) => kind === 'LTD_ACCOUNTS' && periodStart === start);
  const periods = start === null ? [] : splitPeriodOfAccount(start, filing?.periodEnd ?? end ?? start);
  return {
    status: row.corporationTaxStatus,
    periodStart: start,
    periodEnd: end,
    dueDate: corporationTaxDueDate(row, row.nextCorporationTaxDue),
    dueSource: row.ctDueSource,
    computedDueDate: row.nextCorporationTaxDue,
    manualDueDate: row.manualCTDueOverride,
    returnDueDate: periods[0]?.returnFilingDate ?? (end === null ? null : corporationTaxReturnDue(end)),
    periods,
    statusChangedAt: row.lastCTStatusUpdate,
    statusChangedBy,
  };
}
