import type { IsoDate } from '../calendar/dates';
import { addDays, addMonths, lastDayOfMonthsFrom } from '../calendar/dates';
import { accountsDue, firstAccountsDue, firstPeriodEnd } from './accountsDue';
import { currentReviewPeriod } from './confirmationStatement';
import { corporationTaxPaymentDue, corporationTaxReturnDue, splitPeriodOfAccount } from './corporationTax';

/** An accounting period of a company with everything that is due for it. */
export interface AccountsPeriod {
  start: IsoDate;
  end: IsoDate;
  accountsDueDate: IsoDate;
  /** Corporation Tax payment; of a period of more than twelve months the first of two. */
  ctDueDate: IsoDate;
  /** Payment for what is beyond twelve months. */
  ctSecondDueDate: IsoDate | null;
  ctReturnDueDate: IsoDate;
  csDueDate: IsoDate;
}

/** What decides a company's accounting periods: `next…` and `last…` as Companies House says, null where it is not known. */
export interface AccountsConfiguration {
  incorporationDate: IsoDate | null;
  nextYearEnd: IsoDate | null;
  lastAccountsMadeUpTo: IsoDate | null;
  nextAccountsDue: IsoDate | null;
  nextConfirmationDue: IsoDate | null;
}

interface Span {
  start: IsoDate;
  end: IsoDate;
}

/** An accounting reference period can be extended to eighteen months at most (Companies Act 2006 s.392(5)). */
export const LONGEST_PERIOD_MONTHS = 18;

/**
 * The periods that must be open on a day, oldest first: the running one, every earlier one whose accounts are not yet overdue, and the
 * one that Companies House says is next. Its dates win over computed ones. What would overlap a period that has been opened is left
 * out: the open one moves when its dates are accepted. Empty where neither year end nor incorporation is known.
 */
export function accountsPeriodsToOpen(
  company: AccountsConfiguration,
  today: IsoDate,
  opened: readonly Span[] = [],
): AccountsPeriod[] {
  return periodsUpTo(company, today)
    .filter((span) => span.end >= today || span.end === nextEnd(company) || accountsDueDate(company, span) >= today)
    .filter((span) => !opened.some(({ start, end }) => start <= span.end && end >= span.start))
    .map(({ start, end }) => accountsPeriod(company, start, end, today));
}

/** The period of a company with these ends, dated by the rules and by what Companies House says of it; `today` picks the confirmation statement. */
export function accountsPeriod(company: AccountsConfiguration, start: IsoDate, end: IsoDate, today: IsoDate): AccountsPeriod {
  const [first, second] = splitPeriodOfAccount(start, end);
  return {
    start,
    end,
    accountsDueDate: accountsDueDate(company, { start, end }),
    ctDueDate: first?.paymentDue ?? corporationTaxPaymentDue(end),
    ctSecondDueDate: second?.paymentDue ?? null,
    ctReturnDueDate: corporationTaxReturnDue(end, { start, end }),
    csDueDate: company.nextConfirmationDue ?? currentReviewPeriod(company.incorporationDate ?? start, today).due,
  };
}

/** The period of a company that ends on a day, dated likewise. */
export function accountsPeriodTo(company: AccountsConfiguration, end: IsoDate): AccountsPeriod {
  return accountsPeriod(company, startOf(company, end), end, end);
}

const MOVING = ['accountsDueDate', 'ctDueDate', 'ctSecondDueDate', 'ctReturnDueDate'] as const;

/** What moves of an open period when the dates of its company change: start and end where they moved, and each deadline that did. */
export interface MovedPeriod {
  periodStart?: IsoDate;
  periodEnd?: IsoDate;
  deadlines: Partial<Record<(typeof MOVING)[number], IsoDate>>;
}

/**
 * How the open accounting periods of a company, oldest first, move when what is known of it changes; null for each that stays. Only what
 * the change itself moves is named, so that a date which somebody set for a period stays. One that follows another without a gap begins
 * where that one comes to end.
 */
export function movedAccountsPeriods(
  before: AccountsConfiguration,
  after: AccountsConfiguration,
  open: readonly Span[],
  today: IsoDate,
): (MovedPeriod | null)[] {
  let previous: { was: Span; end: IsoDate } | undefined;
  return open.map((was, index) => {
    const follows = previous !== undefined && addDays(previous.was.end, 1) === was.start && previous.end !== previous.was.end;
    const is =
      follows && previous ? yearFrom(after, addDays(previous.end, 1), today) : ended(before, after, was, open[index + 1], today);
    previous = { was, end: is?.end ?? was.end };
    return is && whatMoved(before, after, was, is, today);
  });
}

/** The period as it is now that begins on the same day; null where the company has none from that day any more. */
function ended(
  before: AccountsConfiguration,
  after: AccountsConfiguration,
  open: Span,
  next: Span | undefined,
  today: IsoDate,
): Span | null {
  const { lastAccountsMadeUpTo: madeUpTo } = after;
  if (madeUpTo !== null && madeUpTo !== before.lastAccountsMadeUpTo && isItsEnd(madeUpTo, open, next)) {
    return { start: open.start, end: madeUpTo };
  }
  // Where the last accounts are not known, the period that is open begins after them.
  const lastAccounts = { lastAccountsMadeUpTo: madeUpTo ?? dayBeforePeriod(after, open) };
  const now = periodFrom({ ...after, ...lastAccounts }, open.start, today);
  if (!now) return null;
  const isEndMoved = now.end !== periodFrom({ ...before, ...lastAccounts }, open.start, today)?.end;
  return { start: open.start, end: isEndMoved ? now.end : open.end };
}

/** Whether accounts made up to a day can only be those of an open period that was thought to end on another. */
function isItsEnd(madeUpTo: IsoDate, { start, end }: Span, next: Span | undefined): boolean {
  const isPossible = madeUpTo > start && madeUpTo <= lastDayOfMonthsFrom(start, LONGEST_PERIOD_MONTHS);
  return isPossible && madeUpTo !== end && (next === undefined || madeUpTo < next.start);
}

function yearFrom(company: AccountsConfiguration, start: IsoDate, today: IsoDate): Span {
  const known = periodFrom({ ...company, lastAccountsMadeUpTo: addDays(start, -1) }, start, today);
  return known ?? { start, end: addDays(addMonths(start, 12), -1) };
}

function periodFrom(company: AccountsConfiguration, start: IsoDate, today: IsoDate): Span | undefined {
  return periodsUpTo(company, today > start ? today : start).find((span) => span.start === start);
}

function whatMoved(
  before: AccountsConfiguration,
  after: AccountsConfiguration,
  open: Span,
  now: Span,
  today: IsoDate,
): MovedPeriod | null {
  const was = accountsPeriod(before, open.start, open.end, today);
  const is = accountsPeriod(after, now.start, now.end, today);
  const deadlines: MovedPeriod['deadlines'] = {};
  for (const name of MOVING) {
    // A second payment that falls away does so with the period's end.
    const [date, moved] = [was[name], is[name]];
    if (moved !== null && moved !== date) deadlines[name] = moved;
  }
  const moved = {
    ...(now.start === open.start ? {} : { periodStart: now.start }),
    ...(now.end === open.end ? {} : { periodEnd: now.end }),
    deadlines,
  };
  return Object.keys(moved).length === 1 && Object.keys(deadlines).length === 0 ? null : moved;
}

function dayBeforePeriod({ incorporationDate }: AccountsConfiguration, { start }: Span): IsoDate | null {
  return start === incorporationDate ? null : addDays(start, -1);
}

/** An official date that lies before the period's end was told of another period: it does not count. */
function accountsDueDate(company: AccountsConfiguration, { start, end }: Span): IsoDate {
  const { nextAccountsDue } = company;
  if (nextAccountsDue !== null && nextAccountsDue > end && end === nextEnd(company)) return nextAccountsDue;
  return start === company.incorporationDate ? firstAccountsDue(start, end) : accountsDue(end);
}

/** The year end whose accounts Companies House waits for: as it says, or a year after the last ones. */
function nextEnd({ nextYearEnd, lastAccountsMadeUpTo }: AccountsConfiguration): IsoDate | null {
  return nextYearEnd ?? (lastAccountsMadeUpTo === null ? null : addMonths(lastAccountsMadeUpTo, 12));
}

/** The periods from the one that Companies House waits for, or else from the first, to the one that holds a day; oldest first. */
function periodsUpTo(company: AccountsConfiguration, today: IsoDate): Span[] {
  const { incorporationDate } = company;
  const end = nextEnd(company) ?? (incorporationDate === null ? null : firstPeriodEnd(incorporationDate));
  if (end === null || (incorporationDate !== null && incorporationDate > today)) return [];
  let span: Span = { start: startOf(company, end), end };
  // A year end that lies further ahead than the running period leaves the earlier ones open as well.
  while (span.start > today) span = yearTo(company, addDays(span.start, -1));
  const spans: Span[] = [];
  for (; span.start <= today; span = { start: addDays(span.end, 1), end: addMonths(span.end, 12) }) spans.push(span);
  return spans;
}

/** The day after the last accounts, or incorporation, where that makes a possible period; else a year before its end. */
function startOf(company: AccountsConfiguration, end: IsoDate): IsoDate {
  const { lastAccountsMadeUpTo, incorporationDate } = company;
  const start = lastAccountsMadeUpTo === null ? incorporationDate : addDays(lastAccountsMadeUpTo, 1);
  const isPossible = start !== null && start <= end && end <= lastDayOfMonthsFrom(start, LONGEST_PERIOD_MONTHS);
  return isPossible ? start : yearTo(company, end).start;
}

function yearTo({ incorporationDate }: AccountsConfiguration, end: IsoDate): Span {
  const start = addDays(addMonths(end, -12), 1);
  return {
    start: incorporationDate !== null && incorporationDate > start && incorporationDate <= end ? incorporationDate : start,
    end,
  };
}
