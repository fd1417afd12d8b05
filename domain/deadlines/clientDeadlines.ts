import type { IsoDate } from '../calendar/dates';
import { addMonths, lastDayOfMonthsFrom } from '../calendar/dates';
import type { CompanyType, CorporationTaxDueSource } from '../clients/clientFields';
import type { StatutoryDate } from '../companiesHouse/company';
import { STATUTORY_DATE_LABELS } from '../companiesHouse/company';
import { accountsPeriodTo, LONGEST_PERIOD_MONTHS } from '../uk/accounts';
import { firstPeriodEnd } from '../uk/accountsDue';
import { currentReviewPeriod, reviewPeriodAfterStatement } from '../uk/confirmationStatement';
import { corporationTaxDueDate, corporationTaxPaymentDue, corporationTaxReturnDue } from '../uk/corporationTax';
import type { Deadline, OfficialDate } from './deadline';
import { deadline } from './deadline';

/** The fields of a client that its deadlines are made from. */
export interface DatedClient extends Record<StatutoryDate, IsoDate | null> {
  companyType: CompanyType;
  incorporationDate: IsoDate | null;
  corporationTaxPeriodStart: IsoDate | null;
  corporationTaxPeriodEnd: IsoDate | null;
  /** Of the accounts that the Corporation Tax period belongs to, where a filing has them: later than its end where they have more than twelve months. */
  periodOfAccountEnd: IsoDate | null;
  nextCorporationTaxDue: IsoDate | null;
  manualCTDueOverride: IsoDate | null;
  ctDueSource: CorporationTaxDueSource;
}

/** What authorities told, by the client's field. */
export type OfficialDates = Partial<Record<StatutoryDate, OfficialDate>>;

/** The statutory deadlines of a limited company on a day: computed, official and in force. None for other clients. */
export function clientDeadlines(client: DatedClient, official: OfficialDates, today: IsoDate): Deadline[] {
  if (client.companyType !== 'LIMITED_COMPANY') return [];
  const yearEnd = computedYearEnd(client);
  const dated = (field: 'nextYearEnd' | 'nextAccountsDue' | 'nextConfirmationDue', computed: IsoDate | null): Deadline =>
    deadline(field, STATUTORY_DATE_LABELS[field], { date: client[field] ?? computed, computed, official: official[field] });
  return [
    dated('nextYearEnd', yearEnd),
    dated('nextAccountsDue', computedAccountsDue(client, client.nextYearEnd ?? yearEnd)),
    dated('nextConfirmationDue', computedConfirmationDue(client, today)),
    ...corporationTaxDeadlines(client),
  ].filter(({ date }) => date !== null);
}

function corporationTaxDeadlines(client: DatedClient): Deadline[] {
  const { corporationTaxPeriodStart: start, corporationTaxPeriodEnd: end, periodOfAccountEnd } = client;
  if (end === null) return [];
  const computed = corporationTaxPaymentDue(end);
  const date = corporationTaxDueDate(client, client.nextCorporationTaxDue ?? computed);
  const returnDue = corporationTaxReturnDue(end, { start, end: periodOfAccountEnd ?? end });
  return [
    deadline('nextCorporationTaxDue', 'Corporation Tax payment', { date, computed }),
    deadline('corporationTaxReturnDue', 'Company Tax Return', { date: returnDue, computed: returnDue }),
  ];
}

/** Not known where the last accounts are not and the year end in force is too late to be the first. */
function computedYearEnd({ lastAccountsMadeUpTo, incorporationDate, nextYearEnd }: DatedClient): IsoDate | null {
  if (lastAccountsMadeUpTo !== null) return addMonths(lastAccountsMadeUpTo, 12);
  if (incorporationDate === null) return null;
  const isFirst = nextYearEnd === null || nextYearEnd <= lastDayOfMonthsFrom(incorporationDate, LONGEST_PERIOD_MONTHS);
  return isFirst ? firstPeriodEnd(incorporationDate) : null;
}

function computedAccountsDue(client: DatedClient, yearEnd: IsoDate | null): IsoDate | null {
  return yearEnd === null ? null : accountsPeriodTo({ ...client, nextAccountsDue: null }, yearEnd).accountsDueDate;
}

/** The fields of a client that its confirmation statement is dated by. */
export type ConfirmedClient = Pick<DatedClient, 'nextConfirmationDue' | 'lastConfirmationMadeUpTo' | 'incorporationDate'>;

/** When a company's next confirmation statement is due: as Companies House says, or computed; null where neither can be known. */
export function confirmationDue(client: ConfirmedClient, today: IsoDate): IsoDate | null {
  return client.nextConfirmationDue ?? computedConfirmationDue(client, today);
}

/** The review period after the last statement; without one the running one since incorporation. */
function computedConfirmationDue(
  { lastConfirmationMadeUpTo, incorporationDate }: ConfirmedClient,
  today: IsoDate,
): IsoDate | null {
  if (lastConfirmationMadeUpTo !== null) return reviewPeriodAfterStatement(lastConfirmationMadeUpTo).due;
  return incorporationDate === null ? null : currentReviewPeriod(incorporationDate, today).due;
}
