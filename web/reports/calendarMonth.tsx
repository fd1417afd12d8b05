import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import type { DeadlineDaySchema } from '../../api/reports/schemas';
import type { IsoDate } from '../../domain/calendar/dates';
import { addDays, dayOfWeek, endOfMonth } from '../../domain/calendar/dates';
import { displayDate } from '../../domain/calendar/display';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { isFilingKind } from '../../domain/reports/deadlineKinds';
import { filingPath } from '../filings/filing';

type Day = z.infer<typeof DeadlineDaySchema>;
type Deadline = Day['deadlines'][number];

/** More than so many deadlines of a day are counted instead of named. */
const SHOWN_A_DAY = 4;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

interface CalendarMonthProps {
  /** `YYYY-MM`. */
  month: string;
  today: IsoDate;
  days: readonly Day[];
  /** The list of all that is due on a day. */
  dayPath: (date: IsoDate) => string;
}

/** A month with what is due on each of its days. */
export function CalendarMonth({ month, today, days, dayPath }: CalendarMonthProps): JSX.Element {
  const byDate = new Map(days.map(({ date, deadlines }) => [date, deadlines]));
  return (
    <div class="scroll" role="region" aria-label="Deadlines day by day" tabindex={0}>
      <table class="calendar">
        <caption class="sr">Deadlines day by day</caption>
        <thead>
          <tr>
            {WEEKDAYS.map((day) => (
              <th scope="col">{day}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr>
              {week.map((date) =>
                date.startsWith(month) ? (
                  <td class={date === today ? 'today' : undefined}>
                    <DayCell date={date} deadlines={unmetFirst(byDate.get(date) ?? [])} path={dayPath(date)} />
                  </td>
                ) : (
                  <td class="other"></td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface DayCellProps {
  date: IsoDate;
  deadlines: readonly Deadline[];
  path: string;
}

function DayCell({ date, deadlines, path }: DayCellProps): JSX.Element {
  return (
    <>
      <time datetime={date}>
        <span class="sr">{displayDate(date)}</span>
        <span aria-hidden="true">{Number(date.slice(8))}</span>
      </time>
      {deadlines.length > 0 && (
        <ul>
          {deadlines.slice(0, SHOWN_A_DAY).map((deadline) => (
            <li>
              <a href={deadlinePath(deadline)}>{deadline.companyName}</a>{' '}
              <span class={`badge due ${toneOf(deadline)}`}>{wordOf(deadline)}</span>
            </li>
          ))}
          {deadlines.length > SHOWN_A_DAY && (
            <li>
              <a href={path}>
                and {deadlines.length - SHOWN_A_DAY} more<span class="sr"> on {displayDate(date)}</span>
              </a>
            </li>
          )}
        </ul>
      )}
    </>
  );
}

/** Monday to Sunday, the days of the months beside it filling the first and last week. */
function weeksOf(month: string): IsoDate[][] {
  const first = `${month}-01`;
  const last = endOfMonth(first);
  const weeks: IsoDate[][] = [];
  for (let monday = addDays(first, -((dayOfWeek(first) + 6) % 7)); monday <= last; monday = addDays(monday, 7)) {
    weeks.push(WEEKDAYS.map((_, index) => addDays(monday, index)));
  }
  return weeks;
}

/** What is still to do comes before what is done. */
export function unmetFirst(deadlines: readonly Deadline[]): Deadline[] {
  return deadlines.toSorted((a, b) => Number(a.isMet) - Number(b.isMet));
}

/** The page on which what is due is looked after. */
export function deadlinePath({ kind, filingId, clientId }: Deadline): string {
  return isFilingKind(kind) && filingId !== null ? filingPath(FILING_DEFINITIONS[kind], filingId) : `/clients/${clientId}`;
}

export function toneOf({ isMet, daysLeft, colour }: Deadline): string {
  if (isMet) return 'filed';
  if (daysLeft < 0) return 'overdue';
  return colour === 'green' ? 'later' : 'soon';
}

export function wordOf({ isMet, daysLeft, label }: Deadline): string {
  if (isMet) return 'met';
  return daysLeft < 0 ? `${label} overdue` : label;
}
