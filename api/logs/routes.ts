import { z } from '@hono/zod-openapi';
import { AUDIT_ACTIONS } from '../../domain/audit';
import { isIsoDate } from '../../domain/calendar/dates';
import { londonDateOf } from '../../domain/calendar/london';
import { FILING_KINDS } from '../../domain/filings/stages';
import { EMAIL_STATUSES } from '../../domain/email';
import { userActivityOfDay } from '../../models/queries/activity';
import { listActivity, listEmails, listNotifications } from '../../models/queries/logLists';
import { readAllNotifications, readNotification } from '../../services/notifications/readNotifications';
import { requireClient, viewerOf } from '../clients/routes';
import { AssignedUserSchema } from '../clients/schemas';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { notFound } from '../errors';
import { DateSchema, FlagSchema, IdParams, InstantSchema, pageFields, paginationOf } from '../schemas';

const TAG = 'Logs';
const id = z.string().min(1).max(50).optional();

export const ActivitySchema = z
  .looseObject({
    id: z.string(),
    action: z.string(),
    timestamp: InstantSchema,
    userId: z.string().nullable(),
    clientId: z.string().nullable(),
    user: AssignedUserSchema,
    client: z.object({ id: z.string(), clientCode: z.string(), companyName: z.string() }).nullable(),
    details: z.record(z.string(), z.unknown()).nullable(),
  })
  .openapi('Activity');
export const EmailSchema = z
  .looseObject({
    id: z.string(),
    createdAt: InstantSchema,
    sentAt: InstantSchema.nullable(),
    deliveredAt: InstantSchema.nullable(),
    failedAt: InstantSchema.nullable(),
    failureReason: z.string().nullable(),
    recipientEmail: z.string(),
    subject: z.string(),
    status: z.enum(EMAIL_STATUSES),
    idempotencyKey: z.string(),
    providerMessageId: z.string().nullable(),
  })
  .openapi('EmailLog');
/** With its text, as it is stored: a placeholder stands where a secret goes. */
export const EmailTextSchema = EmailSchema.extend({ content: z.string(), clientId: z.string().nullable() }).openapi('EmailText');
export const NotificationSchema = z
  .looseObject({
    id: z.string(),
    title: z.string(),
    message: z.string(),
    isRead: z.boolean(),
    clientId: z.string().nullable(),
    filingKind: z.enum(FILING_KINDS).nullable(),
    filingId: z.string().nullable(),
    createdAt: InstantSchema,
  })
  .openapi('Notification');

/** What was done, what was mailed, and what people were told. */
export function logRoutes(api: Api, deps: ApiDependencies): void {
  const { db } = deps;

  endpoint(
    api,
    {
      method: 'get',
      path: '/activity-logs',
      tag: TAG,
      summary: 'The activity log, newest first',
      permission: 'see activity',
      query: z.strictObject({
        clientId: id,
        client: z.string().trim().min(1).max(200).optional().openapi({ description: 'A part of the client’s code or name' }),
        userId: id,
        action: z.enum(AUDIT_ACTIONS).optional(),
        from: DateSchema.optional().openapi({ description: 'The first day in London' }),
        to: DateSchema.optional().openapi({ description: 'The last day in London' }),
        ...pageFields,
      }),
      data: z.array(ActivitySchema),
      isList: true,
    },
    async ({ query, user }) => {
      const page = await listActivity(db, viewerOf(user), query);
      return { data: ActivitySchema.array().parse(page.rows), pagination: paginationOf(page, query) };
    },
  );

  endpoint(
    api,
    {
      method: 'get',
      path: '/users/{id}/activity',
      tag: TAG,
      summary: 'What a person did on a day of London, newest first; today unless told',
      permission: 'see activity',
      params: IdParams,
      query: z.strictObject({ date: z.string().refine(isIsoDate, 'Must be a date like 2024-05-07').optional() }),
      data: z.array(ActivitySchema),
    },
    async ({ params, query, user }) => {
      if (user.role === 'STAFF' && params.id !== user.id) throw notFound('user');
      const rows = await userActivityOfDay(db, viewerOf(user), params.id, query.date ?? londonDateOf(deps.now()));
      return { data: rows.map((row) => ({ ...row })) };
    },
  );

  endpoint(
    api,
    {
      method: 'get',
      path: '/email-logs',
      tag: TAG,
      summary: 'The practice’s e-mails, newest first',
      permission: 'see e-mails',
      query: z.strictObject({ clientId: id, filingId: id, status: z.enum(EMAIL_STATUSES).optional(), ...pageFields }),
      data: z.array(EmailSchema),
      isList: true,
    },
    async ({ query, user }) => {
      const page = await listEmails(db, viewerOf(user), query);
      return { data: EmailSchema.array().parse(page.rows), pagination: paginationOf(page, query) };
    },
  );

  endpoint(
    api,
    {
      method: 'get',
      path: '/email-logs/{id}',
      tag: TAG,
      summary: 'One e-mail with its text; where a secret was in it a placeholder stands',
      permission: 'see e-mails',
      params: IdParams,
      data: EmailTextSchema,
    },
    async ({ params, user }) => {
      const { rows } = await listEmails(db, viewerOf(user), { emailId: params.id, page: 1, limit: 1 });
      const [found] = rows;
      if (!found) throw notFound('e-mail');
      return { data: EmailTextSchema.parse(found) };
    },
  );

  endpoint(
    api,
    {
      method: 'get',
      path: '/clients/{id}/emails',
      tag: TAG,
      summary: 'The e-mails to a client, newest first',
      permission: 'see e-mails',
      params: IdParams,
      query: z.strictObject(pageFields),
      data: z.array(EmailSchema),
      isList: true,
    },
    async ({ params, query, user }) => {
      await requireClient(db, user, params.id);
      const page = await listEmails(db, viewerOf(user), { ...query, clientId: params.id });
      return { data: EmailSchema.array().parse(page.rows), pagination: paginationOf(page, query) };
    },
  );

  endpoint(
    api,
    {
      method: 'get',
      path: '/notifications',
      tag: TAG,
      summary: 'What I was told, newest first',
      permission: 'own notifications',
      query: z.strictObject({ unreadOnly: FlagSchema.optional(), ...pageFields }),
      data: z.array(NotificationSchema),
      isList: true,
    },
    async ({ query, user }) => {
      const page = await listNotifications(db, user.id, query);
      return { data: NotificationSchema.array().parse(page.rows), pagination: paginationOf(page, query) };
    },
  );

  endpoint(
    api,
    {
      method: 'post',
      path: '/notifications/{id}/read',
      tag: TAG,
      summary: 'I have read it',
      permission: 'own notifications',
      params: IdParams,
    },
    async ({ params, user }) => {
      if (!(await readNotification(db.pool, user.id, params.id))) throw notFound('notification');
      return { message: 'Read' };
    },
  );

  endpoint(
    api,
    {
      method: 'post',
      path: '/notifications/read-all',
      tag: TAG,
      summary: 'I have read them all',
      permission: 'own notifications',
    },
    async ({ user }) => {
      return { message: `${await readAllNotifications(db.pool, user.id)} read` };
    },
  );
}
