import type { IsoDate } from '../calendar/dates';

/** What is done for clients without a company, each with the date on which it was. */
const DATED_FLAGS = [
  ['paperWorkReceived', 'paperWorkReceivedDate'],
  ['jobCompleted', 'jobCompletedDate'],
  ['sa100Filed', 'sa100FiledDate'],
] as const;

type DatedFlag = (typeof DATED_FLAGS)[number][0];
type FlagDate = (typeof DATED_FLAGS)[number][1];

/** The flags and their dates, as far as they are given. */
export type WorkDates = { [Name in DatedFlag]?: boolean | undefined } & { [Name in FlagDate]?: IsoDate | null | undefined };

/**
 * What a change of flags and dates comes to: what is done without a date was done today, a date says that it is done, and what is not
 * done has no date. `today` is the date in London. Says what cannot be.
 */
export function workDates(
  given: WorkDates,
  today: IsoDate,
): { dates: WorkDates } | { problems: { path: FlagDate; message: string }[] } {
  const dates: WorkDates = {};
  const problems: { path: FlagDate; message: string }[] = [];
  for (const [flag, date] of DATED_FLAGS) {
    const [isDone, when] = [given[flag], given[date]];
    if (typeof when === 'string' && when > today) problems.push({ path: date, message: 'Cannot lie in the future' });
    if (typeof when === 'string' && isDone === false) problems.push({ path: date, message: 'What is not done has no date' });
    if (isDone === true && when === undefined) dates[date] = today;
    else if (isDone === false) dates[date] = null;
    else if (typeof when === 'string') dates[flag] = true;
  }
  return problems.length > 0 ? { problems } : { dates };
}
