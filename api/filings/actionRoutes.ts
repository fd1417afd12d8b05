import { z } from '@hono/zod-openapi';
import { pauseWarning } from '../../domain/chasing/pauseWarning';
import type { FilingDefinition } from '../../domain/filings/definition';
import type { RequestType } from '../../domain/filings/messages';
import { AUTHORITIES } from '../../domain/filings/stages';
import type { Permission } from '../../domain/permissions';
import { requireActiveUser } from '../../services/clients/assignClient';
import { invalidField } from '../errors';
import { refusalOfEnd, withFollowingDates } from '../../services/filings/followPeriodEnd';
import { explained } from '../clients/explained';
import type { ApiDependencies } from '../dependencies';
import type { Api, Parsed } from '../endpoint';
import { endpoint } from '../endpoint';
import { DateSchema, IdParams } from '../schemas';
import type { Asked } from './ask';
import { answerOf, ask } from './ask';
import { requireFiling } from './routes';
import { FilingSchema, NotesSchema, ReasonSchema, UserIdSchema } from './schemas';

/** Everything that can be asked of a filing besides moving it. */
export function actionRoutes(api: Api, deps: ApiDependencies, definition: FilingDefinition): void {
  const { kind, route, label } = definition;

  function action<Body extends z.ZodType>(
    config: {
      method: 'post' | 'put';
      path: string;
      summary: string;
      permission: Permission;
      type: RequestType;
      body: Body;
      /** What a person should know who asks this of a filing that is due then. */
      warn?: (body: Parsed<Body>, dueDate: string) => string | undefined;
    },
    toRequest: (body: Parsed<Body>, filingId: string) => Promise<Pick<Asked, 'payload' | 'asked' | 'notes'>>,
  ): void {
    const { method, path, summary, permission, type, body, warn } = config;
    endpoint(
      api,
      {
        method,
        path: `/${route}/{id}/${path}`,
        tag: label,
        summary,
        permission,
        params: IdParams,
        body,
        data: FilingSchema,
        otherStatuses: { 202: 'Stored and on its way; see /filing-requests/{id}', 409: 'The workflow refused it' },
      },
      async (input) => {
        const access = await requireFiling(deps, kind, input.user, input.params.id);
        const asked = { type, route: `${route} ${path}`, ...(await toRequest(input.body, access.id)) };
        const answer = answerOf(deps, input.c, await ask(deps, input.c, input.user, { kind, access }, asked));
        const warning = warn?.(input.body, access.dueDate);
        return warning === undefined ? answer : { ...answer, message: warning, extra: { ...answer.extra, warnings: [warning] } };
      },
    );
  }

  action(
    {
      method: 'put',
      path: 'assignee',
      summary: 'Hand the filing to somebody, or to nobody',
      permission: 'hand over filings',
      type: 'reassign',
      body: z.strictObject({ userId: UserIdSchema.nullable() }),
    },
    async ({ userId }) => {
      const user = userId === null ? null : await explained(() => requireActiveUser(deps, userId));
      return { payload: { assignedUserId: userId, name: user?.name ?? null } };
    },
  );
  action(
    {
      method: 'post',
      path: 'chase-now',
      summary: 'Send the client a reminder at once',
      permission: 'chase filings',
      type: 'chaseNow',
      body: z.strictObject({}),
    },
    async () => ({ payload: {} }),
  );
  action(
    {
      method: 'post',
      path: 'pause-chasing',
      summary: 'Stop reminders to the client, until a day or until resumed; warnings go on. Past the deadline the answer warns',
      permission: 'chase filings',
      type: 'pauseChasing',
      body: z.strictObject({ until: DateSchema.optional(), reason: ReasonSchema }),
      warn: ({ until }, dueDate) => pauseWarning(until, dueDate),
    },
    async ({ until, reason }) => ({ payload: until === undefined ? {} : { until }, notes: reason }),
  );
  action(
    {
      method: 'post',
      path: 'resume-chasing',
      summary: 'Start reminders to the client again',
      permission: 'chase filings',
      type: 'resumeChasing',
      body: z.strictObject({}),
    },
    async () => ({ payload: {} }),
  );
  action(
    {
      method: 'put',
      path: 'deadlines',
      summary:
        'Move the period’s end or a deadline; the reminders are planned anew. Deadlines follow the period’s end where they are the computed ones and the request names no other: more than twelve months of accounts have two payments of Corporation Tax',
      permission: 'change deadlines',
      type: 'deadlinesChanged',
      body: z.strictObject({
        periodEnd: DateSchema.optional(),
        deadlines: z.partialRecord(z.enum(definition.deadlines.map(({ name }) => name)), DateSchema).optional(),
        reason: ReasonSchema,
      }),
    },
    async ({ reason, ...wanted }, filingId) => {
      const refusal = wanted.periodEnd && (await refusalOfEnd(deps.db.pool, kind, filingId, wanted.periodEnd));
      if (refusal) throw invalidField('periodEnd', refusal);
      const dates = await withFollowingDates(deps.db.pool, kind, filingId, wanted);
      return { payload: { ...dates, source: 'STAFF' }, asked: wanted, notes: reason };
    },
  );
  action(
    {
      method: 'post',
      path: 'cancel',
      summary: 'End the filing without filing it',
      permission: 'cancel filings',
      type: 'cancelFiling',
      body: z.strictObject({ reason: ReasonSchema }),
    },
    async ({ reason }) => ({ payload: {}, notes: reason }),
  );
  action(
    {
      method: 'post',
      path: 'reopen',
      summary: 'Open a filing that has ended again',
      permission: 'reopen filings',
      type: 'reopen',
      body: z.strictObject({
        notes: NotesSchema.trim().min(1, 'Say why'),
        rejectedBy: z.array(z.enum(AUTHORITIES)).min(1).max(AUTHORITIES.length).optional(),
      }),
    },
    async ({ notes, rejectedBy }) => ({ payload: rejectedBy ? { rejectedBy } : {}, notes }),
  );
}
