import type { ClientBase } from 'pg';
import { formatDate } from '../../domain/calendar/dates';
import { londonDateOf } from '../../domain/calendar/london';
import { COMPANIES_HOUSE, STATUTORY_DATE_LABELS } from '../../domain/companiesHouse/company';
import { decideProposals } from '../../models/companiesHouse/proposals';
import type { ProposalRow } from '../../models/companiesHouse/proposals';
import { moveConfirmationStatement } from '../../models/filings/confirmationStatements';
import { readClientDates } from '../../models/filings/clientDates';
import { inTransaction } from '../../models/transaction';
import { logActivity } from '../audit/logActivity';
import type { ClientDependencies, Person } from '../clients/clients';
import { changeClient } from '../clients/clients';
import { moveFilings } from '../filings/moveFilings';
import { openDueFilings } from '../filings/openFilings';
import { startFilings } from '../filings/startFilings';
import { deliverRequests } from '../requests/deliverRequests';
import type { StoredRequest } from '../requests/storeRequest';

/** What of the proposals of one client was decided, and what was asked of its filings. */
export interface DecidedDates {
  decidedIds: string[];
  requests: StoredRequest[];
}

/** Somebody else was quicker. */
class DecidedMeanwhileError extends Error {}

/**
 * Puts proposed dates of one client in force: changes the client, asks its open filings to move and opens what is due by the new dates,
 * in one transaction. What was decided already is left as it is.
 */
export async function acceptDates(
  deps: ClientDependencies,
  by: Person,
  clientId: string,
  proposals: readonly ProposalRow[],
): Promise<DecidedDates> {
  const { pool } = deps.db;
  const pending = proposals.filter(({ status }) => status === 'PENDING');
  if (pending.length === 0) return { decidedIds: [], requests: [] };
  try {
    const { opened, ...decided } = await inTransaction(pool, (db) => accept(deps, db, by, clientId, pending));
    await startFilings({ ...deps, db: pool }, opened);
    await deliverRequests({ ...deps, db: pool }, decided.requests);
    return decided;
  } catch (error) {
    if (error instanceof DecidedMeanwhileError) return { decidedIds: [], requests: [] };
    throw error;
  }
}

/** Leaves the dates in force as they are; the same date is not proposed again. */
export async function rejectDates(
  { db }: ClientDependencies,
  by: Person,
  clientId: string,
  proposals: readonly ProposalRow[],
): Promise<DecidedDates> {
  const ids = proposals.map(({ id }) => id);
  const decided = await inTransaction(db.pool, async (client) => {
    const rejected = await decideProposals(client, clientId, ids, 'REJECTED', by.id);
    if (rejected.length > 0) {
      const details = { rejected: Object.fromEntries(rejected.map(({ field, newDate }) => [field, newDate])) };
      await logActivity(client, { action: 'OFFICIAL_DATES_REJECTED', userId: by.id, clientId, details });
    }
    return rejected;
  });
  return { decidedIds: decided.map(({ id }) => id), requests: [] };
}

async function accept(deps: ClientDependencies, db: ClientBase, by: Person, clientId: string, pending: readonly ProposalRow[]) {
  const today = londonDateOf(deps.now());
  const statement = pending.find(({ field }) => field === 'nextConfirmationDue');
  if (statement) await moveConfirmationStatement(db, clientId, statement.newDate);
  await db.query('SELECT FROM clients WHERE id = $1 FOR NO KEY UPDATE', [clientId]);
  const ids = pending.map(({ id }) => id);
  const accepted = await decideProposals(db, clientId, ids, 'ACCEPTED', by.id);
  if (accepted.length < pending.length) throw new DecidedMeanwhileError();
  const before = await readClientDates(db, clientId);
  const fields = Object.fromEntries(accepted.map(({ field, newDate }) => [field, newDate]));
  await changeClient(db, deps.db, by, clientId, fields, 'OFFICIAL_DATES_ACCEPTED', { source: accepted[0]?.source });
  const after = await readClientDates(db, clientId);
  const what = accepted.map(({ field, newDate }) => `${STATUTORY_DATE_LABELS[field]}: ${formatDate(newDate)}`).join(', ');
  const notes = `Dates of Companies House accepted by ${by.name}. ${what}`;
  const source = COMPANIES_HOUSE;
  const requests = before && after ? await moveFilings(db, by, { before, after, today, source, notes }) : [];
  const opened = await openDueFilings(db, clientId, today, { userId: by.id, name: by.name });
  return { decidedIds: accepted.map(({ id }) => id), requests, opened };
}
