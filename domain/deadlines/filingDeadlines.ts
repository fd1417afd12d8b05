import type { IsoDate } from '../calendar/dates';
import { CONFIRMATION_STATEMENT_LABEL } from '../reports/deadlineKinds';
import { accountsPeriod } from '../uk/accounts';
import type { DatedClient, OfficialDates } from './clientDeadlines';
import type { Deadline } from './deadline';
import { deadline } from './deadline';
import { computedVatDates } from './movedPeriod';

/** The dates in force of a VAT filing. */
export interface VatDates {
  quarterPeriod: string;
  quarterEndDate: IsoDate;
  filingDueDate: IsoDate;
}

/** The dates in force of an accounts filing. */
export interface AccountsDates {
  filingPeriodStart: IsoDate;
  filingPeriodEnd: IsoDate;
  accountsDueDate: IsoDate;
  ctDueDate: IsoDate;
  ctSecondDueDate: IsoDate | null;
  ctReturnDueDate: IsoDate | null;
  csDueDate: IsoDate;
}

/** The deadline of a VAT filing: computed and in force; HMRC is not asked. */
export function vatDeadlines({ quarterPeriod, quarterEndDate, filingDueDate }: VatDates, vatScheme: string | null): Deadline[] {
  const computed = computedVatDates(quarterPeriod, quarterEndDate, vatScheme)['filingDueDate'] ?? null;
  return [deadline('filingDueDate', 'VAT return', { date: filingDueDate, computed })];
}

/**
 * The deadlines of an accounts filing: computed, official and in force. What Companies House told counts for the year end that it waits
 * for. A period of more than twelve months has a second payment of Corporation Tax.
 */
export function accountsDeadlines(
  filing: AccountsDates,
  client: DatedClient,
  official: OfficialDates,
  today: IsoDate,
): Deadline[] {
  const { filingPeriodStart: start, filingPeriodEnd: end } = filing;
  const byLaw = { ...client, nextAccountsDue: null, nextConfirmationDue: null };
  const computed = accountsPeriod(byLaw, start, end, today);
  const isAwaited = end === (official.nextYearEnd?.date ?? client.nextYearEnd);
  return [
    deadline('accountsDueDate', 'Accounts', {
      date: filing.accountsDueDate,
      computed: computed.accountsDueDate,
      official: isAwaited ? official.nextAccountsDue : undefined,
    }),
    deadline('ctDueDate', 'Corporation Tax payment', { date: filing.ctDueDate, computed: computed.ctDueDate }),
    deadline('ctSecondDueDate', 'Corporation Tax payment for the second accounting period', {
      date: filing.ctSecondDueDate ?? computed.ctSecondDueDate,
      computed: computed.ctSecondDueDate,
    }),
    deadline('ctReturnDueDate', 'Company Tax Return', { date: filing.ctReturnDueDate, computed: computed.ctReturnDueDate }),
    deadline('csDueDate', CONFIRMATION_STATEMENT_LABEL, {
      date: filing.csDueDate,
      computed: computed.csDueDate,
      official: official.nextConfirmationDue,
    }),
  ].filter(({ date }) => date !== null);
}
