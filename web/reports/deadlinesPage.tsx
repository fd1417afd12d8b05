import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import { DeadlineDaySchema } from '../../api/reports/schemas';
import type { IsoDate } from '../../domain/calendar/dates';
import { addDays, addMonths, daysBetween, endOfMonth, isIsoDate, MONTHS } from '../../domain/calendar/dates';
import { displayDate } from '../../domain/calendar/display';
import { londonDateOf } from '../../domain/calendar/london';
import { CONFIRMATION_STATEMENT, deadlineRoute } from '../../domain/reports/deadlineKinds';
import { address } from '../addresses';
import { days as inDays } from '../components/badges';
import { CardTable } from '../components/cardTable';
import { Pagination } from '../components/pagination';
import type { Page, PageContext } from '../pages';
import { CalendarMonth, deadlinePath, toneOf, unmetFirst, wordOf } from './calendarMonth';
import { reportAddress, reportPage } from './reportPage';
import { periodWords } from '../filings/filing';

const PATH = '/reports/deadlines';
const KINDS = [{ value: deadlineRoute(CONFIRMATION_STATEMENT), label: 'Confirmation statements' }];

/** The deadlines of a month as a calendar, with what is overdue already before it; or those of one day as a list. */
export async function deadlinesPage(context: PageContext): Promise<Page> {
  const { api, query, now } = context;
  const today = londonDateOf(now);
  const { day } = query;
  if (day !== undefined && isIsoDate(day)) return await dayPage(context, day, today);
  const month = monthOf(query['month'], today);
  const more = { days: String(daysBetween(today, endOfMonth(`${month}-01`))) };
  const days = await api.get(reportAddress('deadlines', query, more), DeadlineDaySchema.array());
  const late = days.filter(({ date }) => date < today).flatMap(({ deadlines }) => deadlines.filter(({ isMet }) => !isMet));
  const isEmpty = !days.some(({ date }) => date.startsWith(month));
  return await reportPage(context, {
    name: 'deadlines',
    more,
    fields: <input type="hidden" name="month" value={month} />,
    kinds: KINDS,
    body: (
      <>
        {late.length > 0 && <Late late={late} />}
        <section aria-labelledby="month">
          <div class="heading">
            <h2 id="month">{monthName(month)}</h2>
            <MonthLinks month={month} today={today} query={query} />
          </div>
          {isEmpty && <p class="empty">Nothing is due in this month.</p>}
          <CalendarMonth
            month={month}
            today={today}
            days={days}
            dayPath={(date) => address(PATH, { ...query, month: undefined, day: date })}
          />
        </section>
      </>
    ),
  });
}

const ROWS_OF_DAY = 100;

/** All that is due on one day, what is still to do first. */
async function dayPage(context: PageContext, day: IsoDate, today: IsoDate): Promise<Page> {
  const { api, query } = context;
  const more = { days: String(Math.max(0, daysBetween(today, day))) };
  const days = await api.get(reportAddress('deadlines', query, more), DeadlineDaySchema.array());
  const deadlines = unmetFirst(days.find(({ date }) => date === day)?.deadlines ?? []);
  const number = Math.max(1, Math.trunc(Number(query['page'] ?? 1)) || 1);
  const totalPages = Math.ceil(deadlines.length / ROWS_OF_DAY);
  return await reportPage(context, {
    name: 'deadlines',
    more,
    fields: <input type="hidden" name="day" value={day} />,
    kinds: KINDS,
    body: (
      <section aria-labelledby="day">
        <div class="heading">
          <h2 id="day">
            {displayDate(day)} <span class="count">{deadlines.length}</span>
          </h2>
          <a class="button small" href={address(PATH, { ...query, page: undefined, day: undefined, month: day.slice(0, 7) })}>
            {monthName(day.slice(0, 7))}
          </a>
        </div>
        {deadlines.length === 0 ? (
          <p class="empty">Nothing is due on this day.</p>
        ) : (
          <OfDay deadlines={deadlines.slice((number - 1) * ROWS_OF_DAY, number * ROWS_OF_DAY)} />
        )}
        <Pagination
          pagination={{
            page: number,
            limit: ROWS_OF_DAY,
            totalCount: deadlines.length,
            totalPages,
            hasNext: number < totalPages,
            hasPrev: number > 1,
          }}
          path={PATH}
          query={query}
        />
      </section>
    ),
  });
}

function OfDay({ deadlines }: { deadlines: readonly Deadline[] }): JSX.Element {
  return (
    <CardTable caption="What is due on the day" headings={['Client', 'Period', 'Assigned to', 'Due']}>
      {deadlines.map((deadline) => (
        <tr data-row>
          <th scope="row" data-label="Client">
            <a href={deadlinePath(deadline)}>{deadline.companyName}</a> <span class="code">{deadline.clientCode}</span>
          </th>
          <td data-label="Period" class="short">
            {periodWords(deadline.period)}
          </td>
          <td data-label="Assigned to" class="short">
            {deadline.assignedUserName ?? 'nobody'}
          </td>
          <td data-label="Due" class="short">
            <span class={`badge due ${toneOf(deadline)}`}>{wordOf(deadline)}</span>
          </td>
        </tr>
      ))}
    </CardTable>
  );
}

type Deadline = z.infer<typeof DeadlineDaySchema>['deadlines'][number];

const SHOWN_LATE = 10;

function Late({ late }: { late: readonly Deadline[] }): JSX.Element {
  return (
    <section class="card" aria-labelledby="late">
      <h2 id="late">
        Passed and not met <span class="count">{late.length}</span>
      </h2>
      <ul class="briefs">
        {late.slice(0, SHOWN_LATE).map((deadline) => (
          <li>
            <span>
              <a href={deadlinePath(deadline)}>{deadline.companyName}</a>{' '}
              <span class="muted">
                {periodWords(deadline.period)}, {deadline.assignedUserName ?? 'nobody'}
              </span>
            </span>
            <span>
              <time datetime={deadline.date}>{displayDate(deadline.date)}</time>{' '}
              <span class={`badge due ${toneOf(deadline)}`}>
                {wordOf(deadline)} by {inDays(-deadline.daysLeft)}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {late.length > SHOWN_LATE && (
        <p>
          <a href="/reports/overdue">All of them</a>
        </p>
      )}
    </section>
  );
}

interface MonthLinksProps {
  month: string;
  today: IsoDate;
  query: Record<string, string>;
}

function MonthLinks({ month, today, query }: MonthLinksProps): JSX.Element {
  const first = `${month}-01`;
  const before = addDays(first, -1).slice(0, 7);
  const after = addMonths(first, 1).slice(0, 7);
  const to = (other: string): string => address(PATH, { ...query, month: other });
  return (
    <span class="inline">
      {before >= today.slice(0, 7) && (
        <a class="button small" rel="prev" href={to(before)}>
          {monthName(before)}
        </a>
      )}
      <a class="button small" rel="next" href={to(after)}>
        {monthName(after)}
      </a>
    </span>
  );
}

/** Deadlines behind us are told by what is overdue: a calendar begins with the present month. */
function monthOf(given: string | undefined, today: IsoDate): string {
  const present = today.slice(0, 7);
  return given !== undefined && isIsoDate(`${given}-01`) && given > present ? given : present;
}

function monthName(month: string): string {
  return `${MONTHS[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`;
}
