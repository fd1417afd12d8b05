import { z } from '@hono/zod-openapi';
import { londonDateOf } from '../../domain/calendar/london';
import { REMINDER_KINDS, REMINDER_RECIPIENTS } from '../../domain/chasing/reminderKinds';
import { REMINDER_OUTCOMES } from '../../domain/reports/reminderOutcome';
import { reportChaseEffectiveness } from '../../models/queries/reports/chaseEffectiveness';
import { reportChases } from '../../models/queries/reports/chases';
import { viewerOf } from '../clients/routes';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { DateSchema } from '../schemas';
import { report } from './report';
import { ChasesSchema, EffectivenessSchema, filterFields } from './schemas';

/** What was planned to be sent, what became of it, and what it brought. */
export function chaseRoutes(api: Api, deps: ApiDependencies): void {
  const { db, now } = deps;

  report(
    api,
    deps,
    {
      path: '/reports/chases',
      summary:
        'Every chase planned for a day of London, today unless told, and how it ended: planned = sent + suppressed + outstanding',
      permission: 'see filings',
      query: z.strictObject({
        date: DateSchema.optional(),
        ...filterFields,
        recipient: z.enum(REMINDER_RECIPIENTS).optional(),
        reminder: z.enum(REMINDER_KINDS).optional(),
        status: z.enum(REMINDER_OUTCOMES).optional(),
      }),
      data: ChasesSchema,
      rows: ({ items }) => items,
      csv: {
        'Planned for': ({ plannedFor }) => plannedFor,
        'Planned at': ({ plannedAt }) => plannedAt,
        Chase: ({ reminder }) => reminder,
        Number: ({ number }) => number,
        Deadline: ({ deadline }) => deadline,
        To: ({ recipient }) => recipient,
        Client: ({ clientCode }) => clientCode,
        Company: ({ companyName }) => companyName,
        Kind: ({ kind }) => kind,
        Period: ({ period }) => period,
        'Policy version': ({ policyVersion }) => policyVersion,
        Status: ({ status }) => status,
        Reason: ({ reason }) => reason,
        Explanation: ({ explanation }) => explanation,
        'Sent at': ({ sentAt }) => sentAt,
        'Assigned to': ({ assignedUserName }) => assignedUserName,
      },
    },
    async ({ date = londonDateOf(now()), ...filter }, user) => {
      const items = await reportChases(db, viewerOf(user), filter, date);
      const count = (outcome: string): number => items.filter(({ status }) => status === outcome).length;
      const totals = {
        planned: items.length,
        sent: count('SENT'),
        suppressed: count('SUPPRESSED'),
        outstanding: count('OUTSTANDING'),
      };
      return { date, totals, items };
    },
  );

  report(
    api,
    deps,
    {
      path: '/reports/chase-effectiveness',
      summary: 'How many reminders it took until paperwork came, or has taken so far where it is waited for',
      permission: 'see filings',
      query: z.strictObject({ ...filterFields, from: DateSchema.optional(), to: DateSchema.optional() }),
      data: z.array(EffectivenessSchema),
      rows: (groups) => groups,
      csv: {
        Kind: ({ kind }) => kind,
        Paperwork: ({ paperwork }) => paperwork,
        Reminders: ({ reminders }) => reminders,
        Filings: ({ filings }) => filings,
        'Median days after the period': ({ medianDays }) => medianDays,
      },
    },
    async (query, user) => await reportChaseEffectiveness(db, viewerOf(user), query, londonDateOf(now())),
  );
}
