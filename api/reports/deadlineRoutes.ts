import { z } from '@hono/zod-openapi';
import { londonDateOf } from '../../domain/calendar/london';
import { deadlineColour } from '../../domain/reports/deadlineColour';
import { reportDeadlines } from '../../models/queries/reports/deadlines';
import { reportOverdue } from '../../models/queries/reports/overdue';
import { viewerOf } from '../clients/routes';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { report } from './report';
import { DeadlineDaySchema, deadlineFilterFields, filterFields, OverdueSchema } from './schemas';

const MOST_DAYS = 3650;
const DEFAULT_DAYS = 30;

/** What is due, and what should have been filed. */
export function deadlineRoutes(api: Api, deps: ApiDependencies): void {
  const { db, now } = deps;

  report(
    api,
    deps,
    {
      path: '/reports/deadlines',
      summary:
        'Deadlines of the next days, day by day, with those that have passed unmet; green, amber or red by their closeness. Of filings, and confirmation statements',
      permission: 'see filings',
      query: z.strictObject({
        days: z.coerce.number().int().min(0).max(MOST_DAYS).default(DEFAULT_DAYS),
        ...deadlineFilterFields,
      }),
      data: z.array(DeadlineDaySchema),
      rows: (days) => days.flatMap(({ deadlines }) => deadlines),
      csv: {
        Date: ({ date }) => date,
        Deadline: ({ label }) => label,
        Client: ({ clientCode }) => clientCode,
        Company: ({ companyName }) => companyName,
        Period: ({ period }) => period,
        Stage: ({ stage }) => stage,
        'Days left': ({ daysLeft }) => daysLeft,
        Met: ({ isMet }) => isMet,
        Colour: ({ colour }) => colour,
        'Assigned to': ({ assignedUserName }) => assignedUserName,
      },
    },
    async ({ days, ...filter }, user) => {
      const today = londonDateOf(now());
      const rows = await reportDeadlines(db, viewerOf(user), filter, { today, days });
      const coloured = rows.map((row) => ({ ...row, colour: deadlineColour(row.daysLeft, row.isMet) }));
      const dates = [...new Set(coloured.map(({ date }) => date))];
      return dates.map((date) => ({ date, deadlines: coloured.filter((row) => row.date === date) }));
    },
  );

  report(
    api,
    deps,
    {
      path: '/reports/overdue',
      summary: 'Open filings whose due date has passed, the longest overdue first',
      permission: 'see filings',
      query: z.strictObject(filterFields),
      data: z.array(OverdueSchema),
      rows: (filings) => filings,
      csv: {
        Due: ({ dueDate }) => dueDate,
        'Days overdue': ({ daysOverdue }) => daysOverdue,
        Kind: ({ kind }) => kind,
        Client: ({ clientCode }) => clientCode,
        Company: ({ companyName }) => companyName,
        Period: ({ period }) => period,
        Stage: ({ stage }) => stage,
        'Waiting for': ({ waitingFor }) => waitingFor,
        'Days in stage': ({ daysInStage }) => daysInStage,
        'Reminders sent': ({ remindersSent }) => remindersSent,
        'Assigned to': ({ assignedUserName }) => assignedUserName,
      },
    },
    async (filter, user) => await reportOverdue(db, viewerOf(user), filter, londonDateOf(now())),
  );
}
