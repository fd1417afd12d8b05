import type { Pool } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import type { DatedClient } from '../../domain/deadlines/clientDeadlines';
import type { DeadlineDates } from '../../domain/deadlines/movedPeriod';
import { computedAccountsDates, computedVatDates, followingDates } from '../../domain/deadlines/movedPeriod';
import type { FilingKind } from '../../domain/filings/stages';
import type { DatesInForce } from '../../models/filings/datesInForce';
import { readDatesInForce } from '../../models/filings/datesInForce';
import { readDatedClient } from '../../models/queries/datedClient';
import { overlapOf } from './overlappingFiling';

/** Dates that somebody wants a filing to have. */
interface WantedDates {
  periodEnd?: IsoDate | undefined;
  deadlines?: Record<string, IsoDate | undefined> | undefined;
}

/** Why a filing cannot end on a day, in a sentence; undefined where it can. */
export async function refusalOfEnd(db: Pool, kind: FilingKind, filingId: string, end: IsoDate): Promise<string | undefined> {
  const filing = await readDatesInForce(db, kind, filingId);
  if (!filing || end <= filing.end) return undefined;
  return await overlapOf(db, { kind, clientId: filing.clientId, start: filing.start, end, filingId });
}

/** The dates as they were asked for, with the deadlines that follow from the period's end where nobody asked for others. */
export async function withFollowingDates(
  db: Pool,
  kind: FilingKind,
  filingId: string,
  wanted: WantedDates,
): Promise<WantedDates> {
  const filing = await readDatesInForce(db, kind, filingId);
  const dated = filing && (await readDatedClient(db, filing.clientId));
  if (!filing || !dated) return wanted;
  const computed = (end: IsoDate): DeadlineDates => computedDates(kind, { ...filing, end }, dated.client);
  const end = wanted.periodEnd ?? filing.end;
  // What ends before it starts is refused, and has no deadlines.
  if (end < filing.start) return wanted;
  const asked = wanted.deadlines ?? {};
  // A form sends the dates back that nobody changed.
  const follows = Object.entries(followingDates(filing.deadlines, computed(filing.end), computed(end))).filter(
    ([name]) => asked[name] === undefined || asked[name] === filing.deadlines[name],
  );
  return follows.length === 0 ? wanted : { ...wanted, deadlines: { ...asked, ...Object.fromEntries(follows) } };
}

function computedDates(
  kind: FilingKind,
  { period, start, end }: DatesInForce,
  client: DatedClient & { vatScheme: string | null },
): DeadlineDates {
  const computed: Record<FilingKind, () => DeadlineDates> = {
    VAT_QUARTER: () => computedVatDates(period, end, client.vatScheme),
    LTD_ACCOUNTS: () => computedAccountsDates(start, end, client),
  };
  return computed[kind]();
}
