import { randomUUID } from 'node:crypto';
import type { JSX } from 'hono/jsx/jsx-runtime';
import { CommunicationSchema } from '../../api/communications/routes';
import { displayInstant, wallTime } from '../../domain/calendar/display';
import { COMMUNICATION_TYPES } from '../../domain/email';
import type { ApiFailure } from '../apiClient';
import { Choice, Field } from '../components/fields';
import type { FormFields } from '../formFields';
import { Csrf } from '../layout';
import type { Page, PageContext, Web } from '../pages';
import { page } from '../pages';
import { form } from '../forms';
import { communicationList } from './communicationList';
import type { Communication } from './communicationWords';
import { TYPE_WORDS } from './communicationWords';
import { clientOf, ClientHeading, readClient } from './talkedTo';

const LINES = 10;
const MORNING = 'T09:00';
const DAY_MS = 86_400_000;
const TYPES = COMMUNICATION_TYPES.map((value) => ({ value, label: TYPE_WORDS[value] }));

/** What was filled in, and why it was refused. */
interface Tried {
  given: FormFields;
  failure: ApiFailure;
}

/** Communications with a client: the list, logging one, scheduling an e-mail, and changing or cancelling that until it is sent. */
export function communicationPages(web: Web): void {
  const list = '/clients/:id/communications';
  page(web, list, communicationList);

  page(web, `${list}/log`, (context) => logPage(context));
  form(
    web,
    `${list}/log`,
    async (context) => {
      const { api, fields } = context;
      const { id, path } = clientOf(context);
      const body = {
        clientId: id,
        type: fields.text('type'),
        ...wordsOf(fields),
        sentAt: fields.optional('sentAt'),
      };
      await api.send('POST', '/communications', body, { key: fields.optional('key') });
      return { to: `${path}/communications`, message: 'It is logged.' };
    },
    (context, failure) => logPage(context, { given: context.fields, failure }),
  );

  page(web, `${list}/schedule`, (context) => schedulePage(context));
  form(
    web,
    `${list}/schedule`,
    async (context) => {
      const { api, fields } = context;
      const { id, path } = clientOf(context);
      const body = { clientId: id, type: 'EMAIL', ...wordsOf(fields), scheduledAt: fields.text('scheduledAt') };
      const key = fields.optional('key');
      const { data } = await api.send('POST', '/communications', body, { key, schema: CommunicationSchema });
      return { to: `${path}/communications`, message: goesOut(data) };
    },
    (context, failure) => schedulePage(context, { given: context.fields, failure }),
  );

  page(web, `${list}/:communicationId`, (context) => changePage(context));
  form(
    web,
    `${list}/:communicationId`,
    async (context) => {
      const { api, fields } = context;
      const body = { ...wordsOf(fields), scheduledAt: fields.text('scheduledAt') };
      const { data } = await api.send('PATCH', apiPathOf(context), body, { schema: CommunicationSchema });
      return { to: `${clientOf(context).path}/communications`, message: goesOut(data) };
    },
    (context, failure) => changePage(context, { given: context.fields, failure }),
  );
  form(web, `${list}/:communicationId/cancel`, async (context) => {
    const { message } = await context.api.send('POST', `${apiPathOf(context)}/cancel`);
    return { to: `${clientOf(context).path}/communications`, message: `${message}.` };
  });
}

function apiPathOf({ c }: PageContext): string {
  return `/communications/${encodeURIComponent(c.req.param('communicationId') ?? '')}`;
}

function wordsOf(fields: FormFields): { subject: string; content: string } {
  return { subject: fields.text('subject'), content: fields.text('content') };
}

function goesOut(communication: Communication | undefined): string {
  const at = communication?.scheduledAt;
  return at ? `The e-mail goes out on ${displayInstant(at.getTime())}.` : 'The e-mail is scheduled.';
}

async function logPage(context: PageContext, tried?: Tried): Promise<Page> {
  const given = tried?.given;
  return {
    title: 'Log a call, SMS or e-mail',
    body: (
      <>
        {await ClientHeading({ context, title: 'Log a call, SMS or e-mail' })}
        <p class="muted">Something that has taken place: nothing is sent.</p>
        <form method="post" class="card">
          <Csrf token={context.csrf} />
          <input type="hidden" name="key" value={randomUUID()} />
          <div class="fields">
            <Field name="type" label="How" failure={tried?.failure}>
              <Choice name="type" options={TYPES} value={given?.text('type') ?? 'PHONE'} />
            </Field>
            <Field
              name="sentAt"
              label="When (London)"
              type="datetime-local"
              value={given?.text('sentAt') ?? wallTime(context.now)}
              failure={tried?.failure}
            />
          </div>
          <Words tried={tried} labels={['About', 'What was said']} />
          <div class="actions">
            <button class="primary">Log it</button>
            <Back context={context} />
          </div>
        </form>
      </>
    ),
  };
}

async function schedulePage(context: PageContext, tried?: Tried): Promise<Page> {
  const tomorrow = `${wallTime(context.now + DAY_MS).slice(0, 10)}${MORNING}`;
  return {
    title: 'Schedule an e-mail',
    body: (
      <>
        {await ClientHeading({ context, title: 'Schedule an e-mail' })}
        <form method="post" class="card">
          <Csrf token={context.csrf} />
          <input type="hidden" name="key" value={randomUUID()} />
          <ScheduledFields tried={tried} at={tomorrow} to={await recipient(context)} />
          <div class="actions">
            <button class="primary">Schedule it</button>
            <Back context={context} />
          </div>
        </form>
      </>
    ),
  };
}

async function changePage(context: PageContext, tried?: Tried): Promise<Page> {
  const { api, csrf } = context;
  const communication = await api.get(apiPathOf(context), CommunicationSchema);
  const { subject, content, scheduledAt, status } = communication;
  const here = `${clientOf(context).path}/communications/${communication.id}`;
  const at = scheduledAt ? wallTime(scheduledAt.getTime()) : '';
  const isWaiting = status === 'SCHEDULED';
  return {
    title: isWaiting ? 'Change a scheduled e-mail' : subject,
    body: (
      <>
        {await ClientHeading({ context, title: isWaiting ? 'Change a scheduled e-mail' : subject })}
        {isWaiting ? (
          <>
            <form method="post" class="card" aria-label="The e-mail">
              <Csrf token={csrf} />
              <ScheduledFields tried={tried} at={at} to={await recipient(context)} before={{ subject, content }} />
              <div class="actions">
                <button class="primary">Save it</button>
                <Back context={context} />
              </div>
            </form>
            <form method="post" action={`${here}/cancel`} class="card" aria-label="Cancel the e-mail">
              <Csrf token={csrf} />
              <input type="hidden" name="back" value={here} />
              <button class="danger">Cancel the e-mail</button>
            </form>
          </>
        ) : (
          <section class="card">
            <p>It has gone out or was cancelled: it cannot be changed any more.</p>
            <blockquote>{content}</blockquote>
            <Back context={context} />
          </section>
        )}
      </>
    ),
  };
}

async function recipient(context: PageContext): Promise<string> {
  const { contactName, contactEmail } = await readClient(context);
  return [contactName, contactEmail].filter(Boolean).join(', ');
}

interface ScheduledProps {
  tried: Tried | undefined;
  at: string;
  to: string;
  before?: { subject: string; content: string };
}

function ScheduledFields({ tried, at, to, before }: ScheduledProps): JSX.Element {
  return (
    <>
      <p>
        To <strong>{to}</strong>, with your name and the practice’s below it.
      </p>
      <div class="fields">
        <Field
          name="scheduledAt"
          label="Goes out (London)"
          type="datetime-local"
          value={tried?.given.text('scheduledAt') ?? at}
          failure={tried?.failure}
          required
        />
      </div>
      <Words tried={tried} labels={['Subject', 'Text']} before={before} />
    </>
  );
}

interface WordsProps {
  tried: Tried | undefined;
  labels: readonly [string, string];
  before?: { subject: string; content: string } | undefined;
}

function Words({ tried, labels: [subject, content], before }: WordsProps): JSX.Element {
  const value = (name: 'subject' | 'content'): string | undefined => tried?.given.text(name) ?? before?.[name];
  return (
    <>
      <Field name="subject" label={subject} value={value('subject')} failure={tried?.failure} required />
      <Field name="content" label={content} rows={LINES} value={value('content')} failure={tried?.failure} required />
    </>
  );
}

function Back({ context }: { context: PageContext }): JSX.Element {
  return <a href={`${clientOf(context).path}/communications`}>Back to the communications</a>;
}
