import type { IsoDate } from '../../domain/calendar/dates';
import type { Database } from '../database';
import { listClients } from './clientList';
import type { ClientRow } from './clientRow';
import type { Page, PageRequest } from './page';
import type { Viewer } from './visibility';

/** Active clients by name, with the people of their assignments. */
export async function clientsWithAssignments(db: Database, viewer: Viewer, page: PageRequest): Promise<Page<ClientRow>> {
  return listClients(db, viewer, { ...page, active: true, sortBy: 'companyName' });
}

/** Active clients whose accounts were due before `today` (a date in London), the longest overdue first. */
export async function overdueAccounts(db: Database, viewer: Viewer, today: IsoDate, page: PageRequest): Promise<Page<ClientRow>> {
  return listClients(db, viewer, { ...page, active: true, accountsDueBefore: today, sortBy: 'nextAccountsDue' });
}

/** Active clients by name that a text is part of: name, company number, contact's e-mail or code, in upper or lower case. */
export async function searchClients(db: Database, viewer: Viewer, text: string, page: PageRequest): Promise<Page<ClientRow>> {
  return listClients(db, viewer, { ...page, active: true, search: text, sortBy: 'companyName' });
}
