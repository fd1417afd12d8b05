import { z } from '@hono/zod-openapi';
import { COMMUNICATION_STATUSES } from '../../domain/communications/communication';
import { londonInstant } from '../../domain/calendar/london';
import { COMMUNICATION_TYPES, EMAIL_STATUSES } from '../../domain/email';
import { headerText } from '../../domain/emails/email';
import { findCommunication, listCommunications } from '../../models/queries/communicationList';
import {
  addCommunication,
  cancelCommunication,
  changeCommunication,
  NotScheduledError,
} from '../../services/communications/communications';
import type { SignedInUser } from '../../services/sessions/readSession';
import { requireClient, viewerOf } from '../clients/routes';
import { AssignedUserSchema } from '../clients/schemas';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { ApiError, invalidField, notFound } from '../errors';
import { IdParams, InstantSchema, pageFields, paginationOf } from '../schemas';

const TAG = 'Communications';
const FURTHEST_DAYS = 730;
const DAY_MS = 86_400_000;

const WITH_OFFSET = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/** An instant, or a time of the clocks in London; one that the March change skips moves forward. */
const instant = z.iso
  .datetime({
    offset: true,
    local: true,
    message: 'Must be a time in London like 2024-05-07T09:00, or an instant like 2024-05-07T09:00:00Z',
  })
  .transform((text) => {
    if (WITH_OFFSET.test(text)) return new Date(text);
    const [date = '', time = ''] = text.split('T');
    return new Date(londonInstant(date, time));
  })
  .openapi({ type: 'string', format: 'date-time', description: 'Without an offset it is the time in London' });
const subject = z
  .string()
  .trim()
  .min(1, 'Say what it is about')
  .max(200, 'Subject too long')
  .refine((text) => headerText(text) === text, 'Must be one line');
const content = z.string().trim().min(1, 'Must not be empty').max(10_000, 'Content too long');

const NewCommunicationBody = z
  .strictObject({
    clientId: z.string().min(1).max(50),
    type: z.enum(COMMUNICATION_TYPES),
    subject,
    content,
    sentAt: instant.optional(),
    scheduledAt: instant.optional(),
  })
  .openapi('NewCommunication');

export const CommunicationSchema = z
  .looseObject({
    id: z.string(),
    type: z.enum(COMMUNICATION_TYPES),
    subject: z.string(),
    content: z.string(),
    status: z.enum(COMMUNICATION_STATUSES),
    sentAt: InstantSchema.nullable(),
    scheduledAt: InstantSchema.nullable(),
    clientId: z.string(),
    sentByUserId: z.string().nullable(),
    emailId: z.string().nullable(),
    emailStatus: z.enum(EMAIL_STATUSES).nullable().openapi({ description: 'How the e-mail that was made of it stands' }),
    sentBy: AssignedUserSchema,
    failureReason: z.string().nullable(),
  })
  .openapi('Communication');

const listQuery = {
  type: z.enum(COMMUNICATION_TYPES).optional(),
  status: z.enum(COMMUNICATION_STATUSES).optional(),
  ...pageFields,
};

/** Calls, messages and e-mails to clients: logged, or for an e-mail sent at a time, which can be moved or cancelled until then. */
export function communicationRoutes(api: Api, deps: ApiDependencies): void {
  const { db } = deps;
  const verbs = { ...deps, db: db.pool };

  endpoint(
    api,
    {
      method: 'get',
      path: '/communications',
      tag: TAG,
      summary: 'Communications with clients, newest first',
      permission: 'see communications',
      query: z.strictObject({ clientId: z.string().min(1).max(50).optional(), ...listQuery }),
      data: z.array(CommunicationSchema),
      isList: true,
    },
    async ({ query, user }) => {
      const page = await listCommunications(db, viewerOf(user), query);
      return { data: CommunicationSchema.array().parse(page.rows), pagination: paginationOf(page, query) };
    },
  );

  endpoint(
    api,
    {
      method: 'get',
      path: '/clients/{id}/communications',
      tag: TAG,
      summary: 'Communications with a client, newest first',
      permission: 'see communications',
      params: IdParams,
      query: z.strictObject(listQuery),
      data: z.array(CommunicationSchema),
      isList: true,
    },
    async ({ params, query, user }) => {
      await requireClient(db, user, params.id);
      const page = await listCommunications(db, viewerOf(user), { ...query, clientId: params.id });
      return { data: CommunicationSchema.array().parse(page.rows), pagination: paginationOf(page, query) };
    },
  );

  endpoint(
    api,
    {
      method: 'post',
      path: '/communications',
      tag: TAG,
      summary: 'Log a call, message or e-mail; an e-mail with scheduledAt goes out then',
      permission: 'log communications',
      body: NewCommunicationBody,
      data: CommunicationSchema,
      status: 201,
    },
    async ({ body, user }) => {
      const { sentAt, scheduledAt, ...communication } = body;
      await requireClient(db, user, body.clientId);
      if (scheduledAt) {
        if (body.type !== 'EMAIL')
          throw invalidField('scheduledAt', 'Only an e-mail goes out by itself; calls and SMS are logged');
        if (sentAt) throw invalidField('sentAt', 'What is still to be sent has no sentAt');
        requireComing(scheduledAt);
      } else if (sentAt && sentAt.getTime() > deps.now()) {
        throw invalidField('sentAt', 'Lies in the future: give scheduledAt for an e-mail that is to be sent');
      }
      const when = scheduledAt ? { sentAt: null, scheduledAt } : { sentAt: sentAt ?? new Date(deps.now()), scheduledAt: null };
      const id = await addCommunication(verbs, user, { ...communication, ...when });
      return { data: await read(user, id), message: scheduledAt ? 'The e-mail is scheduled' : 'Logged' };
    },
  );

  endpoint(
    api,
    {
      method: 'get',
      path: '/communications/{id}',
      tag: TAG,
      summary: 'One communication, and how it stands',
      permission: 'see communications',
      params: IdParams,
      data: CommunicationSchema,
    },
    async ({ params, user }) => ({ data: await read(user, params.id) }),
  );

  endpoint(
    api,
    {
      method: 'patch',
      path: '/communications/{id}',
      tag: TAG,
      summary: 'Change a scheduled e-mail, or move it to another time',
      permission: 'log communications',
      params: IdParams,
      body: z
        .strictObject({ subject: subject.optional(), content: content.optional(), scheduledAt: instant.optional() })
        .refine((change) => Object.keys(change).length > 0, 'Name at least one field'),
      data: CommunicationSchema,
    },
    async ({ params, body, user }) => {
      await read(user, params.id);
      if (body.scheduledAt) requireComing(body.scheduledAt);
      await explained(() => changeCommunication(verbs, user, params.id, body));
      return { data: await read(user, params.id), message: 'The e-mail was changed' };
    },
  );

  endpoint(
    api,
    {
      method: 'post',
      path: '/communications/{id}/cancel',
      tag: TAG,
      summary: 'Cancel a scheduled e-mail',
      permission: 'log communications',
      params: IdParams,
      data: CommunicationSchema,
    },
    async ({ params, user }) => {
      await read(user, params.id);
      await explained(() => cancelCommunication(verbs, user, params.id));
      return { data: await read(user, params.id), message: 'The e-mail is cancelled' };
    },
  );

  async function read(user: SignedInUser, id: string): Promise<z.infer<typeof CommunicationSchema>> {
    const found = await findCommunication(db, viewerOf(user), id);
    if (!found) throw notFound('communication');
    return CommunicationSchema.parse(found);
  }

  function requireComing(scheduledAt: Date): void {
    const wait = scheduledAt.getTime() - deps.now();
    if (wait <= 0) throw invalidField('scheduledAt', 'Must lie in the future');
    if (wait > FURTHEST_DAYS * DAY_MS) throw invalidField('scheduledAt', 'Must lie within two years');
  }
}

async function explained(verb: () => Promise<void>): Promise<void> {
  try {
    await verb();
  } catch (error) {
    if (error instanceof NotScheduledError) throw new ApiError('CONFLICT', error.message);
    throw error;
  }
}
