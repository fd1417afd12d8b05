import { z } from '@hono/zod-openapi';
import { londonDateOf } from '../../domain/calendar/london';
import { reportDeadlines } from '../../models/queries/reports/deadlines';
import { calendarLinkOf, makeCalendarLink, readerOf, revokeCalendarLink } from '../../services/calendar/calendarLinks';
import { deadlineCalendar } from '../../services/calendar/deadlineCalendar';
import { required } from '../../settings/settings';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { notFound } from '../errors';

const CALENDAR_PATH = '/calendar';
const CALENDAR_TYPE = 'text/calendar; charset=utf-8';
/** Two filing years of a company lie within it. */
const DAYS_AHEAD = 400;

const LinkSchema = z
  .object({ createdAt: z.date(), expiresAt: z.date(), lastReadAt: z.date().nullable() })
  .openapi('CalendarLink');

/** The link of one's own calendar of deadlines. */
export function calendarLinkRoutes(api: Api, { db, settings }: ApiDependencies): void {
  const common = { tag: 'Calendar', permission: 'own account', path: '/calendar-link' } as const;

  endpoint(
    api,
    {
      ...common,
      method: 'get',
      summary: 'My link, without its secret; null where I have none that counts',
      data: LinkSchema.nullable(),
    },
    async ({ user }) => ({ data: await calendarLinkOf(db.pool, user.id) }),
  );

  endpoint(
    api,
    {
      ...common,
      method: 'post',
      summary:
        'Make a secret link to an iCalendar feed of my deadlines, for a year; an earlier one no longer counts. It is shown once',
      data: LinkSchema.extend({ url: z.string() }),
      status: 201,
    },
    async ({ user }) => {
      const { token, ...link } = await makeCalendarLink(db.pool, user.id, required(settings, 'APP_SECRET'));
      const url = `${required(settings, 'PUBLIC_URL')}${CALENDAR_PATH}/${token}.ics`;
      return {
        data: { ...link, url },
        message: 'Subscribe to it in your calendar now: it is not shown again, and whoever has it can read it',
      };
    },
  );

  endpoint(api, { ...common, method: 'delete', summary: 'Revoke my link' }, async ({ user }) => {
    if (!(await revokeCalendarLink(db.pool, user.id))) throw notFound('calendar link');
    return { message: 'The link no longer counts' };
  });
}

/** The feed itself: the deadlines of the person's own filings that are not met, for whoever holds the link. */
export function calendarFeed(app: Api, { db, settings, now }: ApiDependencies): void {
  app.get(`${CALENDAR_PATH}/:file{.+\\.ics}`, async (c) => {
    const token = c.req.param('file').slice(0, -'.ics'.length);
    const reader = await readerOf(db.pool, token, required(settings, 'APP_SECRET'));
    if (!reader) throw notFound('calendar');
    const today = londonDateOf(now());
    const own = { userId: reader.userId, role: 'STAFF' } as const;
    const deadlines = await reportDeadlines(db, own, {}, { today, days: DAYS_AHEAD });
    const open = deadlines.filter(({ isMet }) => !isMet);
    const body = deadlineCalendar(`Deadlines of ${reader.name}`, open, now());
    return c.body(body, 200, { 'Content-Type': CALENDAR_TYPE, 'Cache-Control': 'no-store' });
  });
}
