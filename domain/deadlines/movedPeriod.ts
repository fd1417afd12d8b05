import type { IsoDate } from '../calendar/dates';
import { accountsPeriod } from '../uk/accounts';
import { isAnnualAccounting } from '../uk/vat';
import { vatDue } from '../uk/vatPeriods';
import type { DatedClient } from './clientDeadlines';

/** Deadlines by the names that the filing's definition gives them. */
export type DeadlineDates = Readonly<Record<string, IsoDate | null>>;

/** What the law makes due for a VAT period that ends on a day. */
export function computedVatDates(period: string, end: IsoDate, vatScheme: string | null): DeadlineDates {
  return { filingDueDate: vatDue(end, isAnnualAccounting(vatScheme) && period.endsWith('-YE')) };
}

/** What the law makes due for an accounting period, whatever an authority told. */
export function computedAccountsDates(start: IsoDate, end: IsoDate, client: DatedClient): DeadlineDates {
  const byLaw = { ...client, nextAccountsDue: null, nextConfirmationDue: null };
  const { accountsDueDate, ctDueDate, ctSecondDueDate, ctReturnDueDate } = accountsPeriod(byLaw, start, end, end);
  return { accountsDueDate, ctDueDate, ctSecondDueDate, ctReturnDueDate };
}

/**
 * The deadlines that move with a period's end: those in force that are the computed ones of the end before, and what only the new period
 * has. Any other date stays: an authority told it, or somebody set it.
 */
export function followingDates(
  inForce: DeadlineDates,
  computed: DeadlineDates,
  computedAnew: DeadlineDates,
): Record<string, IsoDate> {
  const follows: Record<string, IsoDate> = {};
  for (const [name, date] of Object.entries(computedAnew)) {
    const now = inForce[name] ?? null;
    if (date !== null && date !== now && (now === null || now === computed[name])) follows[name] = date;
  }
  return follows;
}
