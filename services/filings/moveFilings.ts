import type { ClientBase } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import type { MovedPeriod } from '../../domain/uk/accounts';
import { movedAccountsPeriods } from '../../domain/uk/accounts';
import type { ClientDates } from '../../models/filings/clientDates';
import type { StoredRequest } from '../requests/storeRequest';
import type { Requester } from './storeConsequence';
import { storeConsequence } from './storeConsequence';
import type { ClientFiling } from './clientFilings';
import { clientFilings, isOpen } from './clientFilings';

/** A change of what is known of a company, and who made it. */
export interface CompanyChange {
  before: ClientDates;
  after: ClientDates;
  /** In London. */
  today: IsoDate;
  /** Who told: an authority's name, or STAFF. */
  source: string;
  notes: string;
}

/** Asks the open accounts filings of a company to move with its dates, in the caller's transaction; gives what was asked. */
export async function moveFilings(db: ClientBase, by: Requester, change: CompanyChange): Promise<StoredRequest[]> {
  const { before, after, today, source, notes } = change;
  const filings = (await clientFilings(db, after.id)).filter(({ kind }) => kind === 'LTD_ACCOUNTS');
  const open = filings.filter(isOpen).toSorted((a, b) => (a.periodStart < b.periodStart ? -1 : 1));
  const spans = open.map(({ periodStart, periodEnd }) => ({ start: periodStart, end: periodEnd }));
  const moves = movedAccountsPeriods(before, after, spans, today);
  const requests: StoredRequest[] = [];
  for (const [index, filing] of open.entries()) {
    const moved = moves[index];
    if (!moved || isTaken(moved, filings)) continue;
    const { deadlines, ...period } = moved;
    // A payment date that a person set stays.
    if (after.ctDueSource === 'MANUAL' && moved.periodStart === undefined) delete deadlines.ctDueDate;
    const payload = { ...period, deadlines, source };
    requests.push(await storeConsequence(db, by, filing, { type: 'deadlinesChanged', payload, notes }));
  }
  return requests;
}

/** A client has one filing from a day, also where that one was filed or cancelled. */
function isTaken({ periodStart }: MovedPeriod, filings: readonly ClientFiling[]): boolean {
  return filings.some((filing) => !isOpen(filing) && filing.periodStart === periodStart);
}
