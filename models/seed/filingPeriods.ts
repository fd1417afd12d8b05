import type { IsoDate } from '../../domain/calendar/dates';
import { addDays, addMonths, daysBetween } from '../../domain/calendar/dates';
import type { FilingDates } from '../../domain/filings/definition';
import type { FilingKind } from '../../domain/filings/stages';
import type { AccountsPeriod } from '../../domain/uk/accounts';
import { accountsPeriod, accountsPeriodsToOpen } from '../../domain/uk/accounts';
import type { VatPeriod } from '../../domain/uk/vat';
import { vatPeriodContaining } from '../../domain/uk/vat';
import type { ClientDates } from '../filings/clientDates';

/** A period for which a client of the sample practice has a filing. */
export interface SeedPeriod {
  kind: FilingKind;
  label: string;
  dates: FilingDates;
  /** Columns of the row that its workflow never writes. */
  columns: Record<string, string>;
  /** Set where Companies House tells whether the accounts of the period were filed. */
  isFiled?: boolean;
}

/** Accounts that Companies House has already were in our books if they took at least so long. */
const FEWEST_DAYS_FOR_ACCOUNTS = 30;

/** The periods of a client's filings, as they stand on a day: those that the sweep would open, and the ones before them. */
export function filingPeriods(client: ClientDates, today: IsoDate): SeedPeriod[] {
  if (!client.isActive) return [];
  return [
    ...(client.isVatEnabled ? vatPeriods(client, today) : []),
    ...(client.companyType === 'LIMITED_COMPANY' ? accountsPeriods(client, today) : []),
  ];
}

/** The running period, the one before it, and all others that are not yet past their due date. */
function vatPeriods(client: ClientDates, today: IsoDate): SeedPeriod[] {
  const periods: SeedPeriod[] = [];
  let period = vatPeriodContaining(client, today);
  while (period && (period.due >= today || periods.length < 2)) {
    periods.push(vatPeriod(period));
    period = vatPeriodContaining(client, addDays(period.start, -1));
  }
  return periods;
}

function vatPeriod({ label, group, start, end, due }: VatPeriod): SeedPeriod {
  return {
    kind: 'VAT_QUARTER',
    label,
    dates: { periodStart: start, periodEnd: end, deadlines: { filingDueDate: due }, corporationTaxRequired: true },
    columns: { quarter_period: label, quarter_start_date: start, quarter_group: group },
  };
}

function accountsPeriods(client: ClientDates, today: IsoDate): SeedPeriod[] {
  const toOpen = accountsPeriodsToOpen(client, today).map((period) => ({
    ...ltdPeriod(period),
    ...(period.end === client.nextYearEnd ? { isFiled: false } : {}),
  }));
  const { lastAccountsMadeUpTo: end } = client;
  if (end === null || daysBetween(end, today) < FEWEST_DAYS_FOR_ACCOUNTS) return toOpen;
  const start = addDays(addMonths(end, -12), 1);
  return [{ ...ltdPeriod(accountsPeriod(client, start, end, today)), isFiled: true }, ...toOpen];
}

function ltdPeriod({
  start,
  end,
  accountsDueDate,
  ctDueDate,
  ctSecondDueDate,
  ctReturnDueDate,
  csDueDate,
}: AccountsPeriod): SeedPeriod {
  return {
    kind: 'LTD_ACCOUNTS',
    label: end,
    dates: {
      periodStart: start,
      periodEnd: end,
      deadlines: { accountsDueDate, ctDueDate, ctReturnDueDate, ...(ctSecondDueDate === null ? {} : { ctSecondDueDate }) },
      corporationTaxRequired: true,
    },
    columns: { filing_period_start: start, cs_due_date: csDueDate },
  };
}
