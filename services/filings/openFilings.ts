import type { ClientBase } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import { FILING_DEFINITIONS, filingWorkflowId } from '../../domain/filings/definitions';
import type { FilingKind } from '../../domain/filings/stages';
import type { AccountsPeriod } from '../../domain/uk/accounts';
import { accountsPeriodsToOpen } from '../../domain/uk/accounts';
import type { VatPeriod } from '../../domain/uk/vat';
import { vatPeriodsToOpen } from '../../domain/uk/vat';
import type { ClientDates } from '../../models/filings/clientDates';
import { readClientDates } from '../../models/filings/clientDates';
import { insertLtdAccounts, insertVatQuarter } from '../../models/filings/insertFiling';
import { openedPeriods } from '../../models/filings/openedPeriods';
import { bringCorporationTaxForward } from '../clients/followCorporationTax';
import type { OpenedFiling } from './startFilings';

/** Who opens a filing: a person, or SYSTEM where a sweep does. */
export interface Opener {
  userId: string | null;
  name: string;
}

/**
 * Makes the rows of every filing of a client that is due to be open on a day: the one whose period is running, and earlier ones whose
 * deadline has not passed. Safe to repeat: a filing that is there already is left as it is. In the caller's transaction; the workflows
 * are started after it has committed.
 */
export async function openDueFilings(db: ClientBase, clientId: string, today: IsoDate, opener: Opener): Promise<OpenedFiling[]> {
  const client = await readClientDates(db, clientId);
  if (!client?.isActive) return [];
  const opened: OpenedFiling[] = [];
  if (client.isVatEnabled) {
    const periods = vatPeriodsToOpen(client, today, await openedPeriods(db, 'VAT_QUARTER', clientId));
    for (const period of periods) opened.push(...(await openVatQuarter(db, client, period, opener)));
  }
  if (client.companyType === 'LIMITED_COMPANY') {
    const periods = accountsPeriodsToOpen(client, today, await openedPeriods(db, 'LTD_ACCOUNTS', clientId));
    for (const period of periods) opened.push(...(await openLtdAccounts(db, client, period, opener)));
    await bringCorporationTaxForward(db, opener.userId, clientId, today);
  }
  return opened;
}

/** Makes the row of one VAT period; nothing when the client has one of that label or start already. */
export async function openVatQuarter(
  db: ClientBase,
  client: ClientDates,
  period: VatPeriod,
  opener: Opener,
): Promise<OpenedFiling[]> {
  const workflowId = workflowIdOf('VAT_QUARTER', client, period.label);
  return opened('VAT_QUARTER', await insertVatQuarter(db, client, period, workflowId, opener));
}

/** Makes the row of one accounting period; nothing when the client has one of that start already. */
export async function openLtdAccounts(
  db: ClientBase,
  client: ClientDates,
  period: AccountsPeriod,
  opener: Opener,
): Promise<OpenedFiling[]> {
  const workflowId = workflowIdOf('LTD_ACCOUNTS', client, period.end);
  return opened('LTD_ACCOUNTS', await insertLtdAccounts(db, client, period, workflowId, opener));
}

function workflowIdOf(kind: FilingKind, client: ClientDates, period: string): string {
  return filingWorkflowId(FILING_DEFINITIONS[kind], client.clientCode, period);
}

function opened(kind: FilingKind, filingId: string | null): OpenedFiling[] {
  return filingId === null ? [] : [{ kind, filingId }];
}
