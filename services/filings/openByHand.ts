import type { ClientBase } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import { addMonths } from '../../domain/calendar/dates';
import { londonDateOf } from '../../domain/calendar/london';
import { accountsPeriod, LONGEST_PERIOD_MONTHS } from '../../domain/uk/accounts';
import { vatPeriodByLabel } from '../../domain/uk/vat';
import type { ClientDates } from '../../models/filings/clientDates';
import { readClientDates } from '../../models/filings/clientDates';
import { inTransaction } from '../../models/transaction';
import type { ClientDependencies, Person } from '../clients/clients';
import { bringCorporationTaxForward } from '../clients/followCorporationTax';
import { openLtdAccounts, openVatQuarter } from './openFilings';
import { overlapOf } from './overlappingFiling';
import type { OpenedFiling } from './startFilings';
import { startFilings } from './startFilings';

/** What is asked to be opened by hand. */
export type PeriodToOpen =
  | { kind: 'VAT_QUARTER'; clientId: string; quarterPeriod: string }
  | { kind: 'LTD_ACCOUNTS'; clientId: string; filingPeriodStart: IsoDate; filingPeriodEnd: IsoDate };

/** The client has no such period; `field` is what is wrong with the request. */
export class NoSuchPeriodError extends Error {
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

/** The client has a filing of this period already. */
export class AlreadyOpenedError extends Error {}

/** Opens one filing and starts its workflow. Throws NoSuchPeriodError, AlreadyOpenedError. */
export async function openByHand(deps: ClientDependencies, by: Person, asked: PeriodToOpen): Promise<OpenedFiling> {
  const { pool } = deps.db;
  const opened = await inTransaction(pool, async (client) => {
    const dates = await readClientDates(client, asked.clientId);
    if (!dates) throw new NoSuchPeriodError('clientId', 'There is no such client');
    if (!dates.isActive) throw new NoSuchPeriodError('clientId', 'The client is archived: restore it first');
    const opener = { userId: by.id, name: by.name };
    if (asked.kind === 'VAT_QUARTER') {
      const period = vatPeriod(dates, asked.quarterPeriod);
      const filings = await openVatQuarter(client, dates, period, opener);
      await requireFree(client, asked.clientId, filings, period, 'quarterPeriod');
      return filings;
    }
    const { filingPeriodStart: start, filingPeriodEnd: end } = asked;
    requireAccountsPeriod(dates, start, end);
    const today = londonDateOf(deps.now());
    const filings = await openLtdAccounts(client, dates, accountsPeriod(dates, start, end, today), opener);
    await requireFree(client, asked.clientId, filings, { start, end }, 'filingPeriodStart');
    await bringCorporationTaxForward(client, by.id, asked.clientId, today);
    return filings;
  });
  const [filing] = opened;
  if (!filing) throw new AlreadyOpenedError('The client has a filing of this period already');
  await startFilings({ ...deps, db: pool }, opened);
  return filing;
}

async function requireFree(
  db: ClientBase,
  clientId: string,
  opened: readonly OpenedFiling[],
  { start, end }: { start: IsoDate; end: IsoDate },
  field: string,
): Promise<void> {
  for (const { kind, filingId } of opened) {
    const overlap = await overlapOf(db, { kind, clientId, start, end, filingId });
    if (overlap !== undefined) throw new NoSuchPeriodError(field, overlap);
  }
}

function vatPeriod(client: ClientDates, label: string): NonNullable<ReturnType<typeof vatPeriodByLabel>> {
  if (!client.isVatEnabled) throw new NoSuchPeriodError('clientId', 'VAT is not enabled for this client');
  const period = vatPeriodByLabel(client, label);
  if (!period) throw new NoSuchPeriodError('quarterPeriod', `The client has no VAT period ${label}`);
  return period;
}

function requireAccountsPeriod(client: ClientDates, start: IsoDate, end: IsoDate): void {
  if (client.companyType !== 'LIMITED_COMPANY') {
    throw new NoSuchPeriodError('clientId', 'Only limited companies file accounts at Companies House');
  }
  if (end < start) throw new NoSuchPeriodError('filingPeriodEnd', 'The period cannot end before it starts');
  if (end >= addMonths(start, LONGEST_PERIOD_MONTHS)) {
    throw new NoSuchPeriodError('filingPeriodEnd', `An accounting period has ${LONGEST_PERIOD_MONTHS} months at most`);
  }
}
