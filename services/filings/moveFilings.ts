import type { ClientBase } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import { movedAccountsPeriod } from '../../domain/uk/accounts';
import type { ClientDates } from '../../models/filings/clientDates';
import type { StoredRequest } from '../requests/storeRequest';
import type { Requester } from './storeConsequence';
import { storeConsequence } from './storeConsequence';
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
  const filings = (await clientFilings(db, after.id)).filter((filing) => filing.kind === 'LTD_ACCOUNTS' && isOpen(filing));
  const requests: StoredRequest[] = [];
  for (const filing of filings) {
    const moved = movedAccountsPeriod(before, after, { start: filing.periodStart, end: filing.periodEnd }, today);
    if (!moved) continue;
    const { deadlines, ...period } = moved;
    // A payment date that a person set stays.
    if (after.ctDueSource === 'MANUAL') delete deadlines.ctDueDate;
    const payload = { ...period, deadlines, source };
    requests.push(await storeConsequence(db, by, filing, { type: 'deadlinesChanged', payload, notes }));
  }
  return requests;
}
