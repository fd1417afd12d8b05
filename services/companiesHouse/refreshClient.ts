import type { ClientBase } from 'pg';
import type { CompanyChanges, CurrentCompany, FieldChange } from '../../domain/companiesHouse/companyChanges';
import { companyChanges, endingOf } from '../../domain/companiesHouse/companyChanges';
import type { CompanyReading } from '../../domain/companiesHouse/company';
import { COMPANIES_HOUSE, STATUTORY_DATE_LABELS } from '../../domain/companiesHouse/company';
import { formatDate } from '../../domain/calendar/dates';
import { londonDateOf } from '../../domain/calendar/london';
import { storeOfficialDates } from '../../models/companiesHouse/officialDates';
import { proposeDate, supersedeProposals } from '../../models/companiesHouse/proposals';
import { notifyAssigned } from '../../models/companiesHouse/notifyAssigned';
import { columnsOf } from '../../models/queries/statement';
import { inTransaction } from '../../models/transaction';
import type { ClientDependencies, Person } from '../clients/clients';
import { changeClient } from '../clients/clients';
import { openDueFilings } from '../filings/openFilings';
import type { OpenedFiling } from '../filings/startFilings';
import { startFilings } from '../filings/startFilings';
import type { CompaniesHouse } from './companiesHouse';
import type { Turn } from './requestLimit';

/** What a refresh found. */
export interface RefreshedClient {
  clientCode: string;
  changes: FieldChange[];
}

/** The client cannot be refreshed; the message says why. */
export class NotRefreshableError extends Error {}

export interface RefreshDependencies extends ClientDependencies {
  companiesHouse: CompaniesHouse;
}

/**
 * Reads a client's company again: takes over what changed, proposes changed statutory dates, and tells the people concerned of a company
 * that is ending. Safe to repeat. Throws NotRefreshableError, CompaniesHouseError.
 */
export async function refreshClient(
  deps: RefreshDependencies,
  by: Person,
  clientId: string,
  turn: Turn,
): Promise<RefreshedClient> {
  const { pool } = deps.db;
  const { rows } = await pool.query<{ client_code: string; company_number: string | null }>(
    'SELECT client_code, company_number FROM clients WHERE id = $1',
    [clientId],
  );
  const [client] = rows;
  if (!client) throw new NotRefreshableError('There is no such client');
  if (client.company_number === null) throw new NotRefreshableError('The client has no company number: add it first');
  const reading = await deps.companiesHouse.company(client.company_number, turn);
  const readAt = new Date(deps.now());
  if (reading.odd.length > 0) logOddities(deps, reading);
  const { changes, opened } = await inTransaction(pool, (db) => takeOver(deps, db, by, clientId, reading, readAt));
  await startFilings({ ...deps, db: pool }, opened);
  return { clientCode: client.client_code, changes };
}

/** Tells the log what of an answer could not be used, by the names of the fields alone. */
export function logOddities({ logger }: Pick<ClientDependencies, 'logger'>, { companyNumber, odd }: CompanyReading): void {
  logger.warn({ companyNumber, odd: odd.slice(0, 20), count: odd.length }, 'Companies House told something odd: it was left out');
}

async function takeOver(
  { db: database, temporal, now }: RefreshDependencies,
  db: ClientBase,
  by: Person,
  clientId: string,
  reading: CompanyReading,
  readAt: Date,
): Promise<{ changes: FieldChange[]; opened: OpenedFiling[] }> {
  const { rows } = await db.query<CurrentCompany>(
    `SELECT ${columnsOf(database.Client, 'c')} FROM clients c WHERE c.id = $1 FOR NO KEY UPDATE`,
    [clientId],
  );
  const [current] = rows;
  if (!current) throw new NotRefreshableError('There is no such client');
  const changes = companyChanges(current, reading);
  const told = { source: COMPANIES_HOUSE, readAt };
  await storeOfficialDates(db, clientId, reading.fields, told);
  await supersedeProposals(db, clientId, changes.confirmed);
  const proposed: CompanyChanges['proposed'] = [];
  for (const change of changes.proposed) if (await proposeDate(db, clientId, change, told)) proposed.push(change);
  if (proposed.length > 0) await tellOfProposals(db, clientId, current, proposed);
  if (Object.keys(changes.applied).length > 0) {
    await changeClient(db, database, by, clientId, changes.applied, 'CLIENT_REFRESHED', told);
    await tellOfEnding(db, clientId, current, changes.applied, readAt);
  }
  const opened = await openDueFilings(db, clientId, londonDateOf(now()), { userId: by.id, name: by.name });
  return { changes: shownChanges(current, changes.applied, proposed, temporal.showClientNames), opened };
}

async function tellOfEnding(
  db: ClientBase,
  clientId: string,
  current: CurrentCompany,
  applied: CompanyChanges['applied'],
  readAt: Date,
): Promise<void> {
  const status = applied.companyStatus ?? textOf(current.companyStatus);
  const detail = applied.companyStatusDetail === undefined ? textOf(current.companyStatusDetail) : applied.companyStatusDetail;
  const hasChanged = applied.companyStatus !== undefined || applied.companyStatusDetail !== undefined;
  const ending = endingOf(status, detail) ?? (applied.hasBeenLiquidated ? 'has been liquidated' : null);
  if (ending === null || !(hasChanged || applied.hasBeenLiquidated)) return;
  const name = applied.companyName ?? textOf(current.companyName) ?? 'A client';
  const title = `${name} ${ending}`;
  const message = `Companies House says that ${name} ${ending}. Look at its open filings, and archive the client where its work has ended.`;
  const key = `company-status/${status}/${detail}/${ending}/${readAt.toISOString()}`;
  await notifyAssigned(db, clientId, { type: 'COMPANY_STATUS', title, message, key });
}

/** The same dates are told once, however often they are read before somebody decides. */
async function tellOfProposals(
  db: ClientBase,
  clientId: string,
  current: CurrentCompany,
  proposed: CompanyChanges['proposed'],
): Promise<void> {
  const name = textOf(current.companyName) ?? 'A client';
  const dates = proposed.map(
    ({ field, oldDate, newDate }) => `${STATUTORY_DATE_LABELS[field]}: ${formatDate(newDate)} instead of ${formatDate(oldDate)}`,
  );
  await notifyAssigned(db, clientId, {
    type: 'DATES_PROPOSED',
    title: `Companies House has other dates of ${name}`,
    message: `${dates.join('. ')}. Accept or reject them; until then the dates in force stay.`,
    key: `dates-proposed/${proposed.map(({ field, newDate }) => `${field}=${newDate}`).join(',')}`,
  });
}

function shownChanges(
  current: CurrentCompany,
  applied: CompanyChanges['applied'],
  proposed: CompanyChanges['proposed'],
  showsNames: boolean,
): FieldChange[] {
  const before = new Map(Object.entries(current));
  // What is told goes through a workflow's history.
  const isHidden = (field: string): boolean => field === 'companyName' && !showsNames;
  return [
    ...Object.entries(applied).map(([field, value]) => ({
      field,
      oldValue: isHidden(field) ? null : shown(before.get(field)),
      newValue: isHidden(field) ? null : shown(value),
      isProposed: false,
    })),
    ...proposed.map(({ field, oldDate, newDate }) => ({ field, oldValue: oldDate, newValue: newDate, isProposed: true })),
  ];
}

function shown(value: unknown): string | boolean | null {
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
