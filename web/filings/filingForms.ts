import { z } from '@hono/zod-openapi';
import { OutlookSchema } from '../../api/filings/outlookRoutes';
import { FilingSchema } from '../../api/filings/schemas';
import type { FilingDefinition } from '../../domain/filings/definition';
import { FILED_TO_LABELS, filedWords, stageLabel, withStageLabels } from '../../domain/filings/labels';
import { FILED_TO } from '../../domain/filings/stages';
import { ownPath } from '../addresses';
import type { Sent } from '../apiClient';
import { ApiFailure } from '../apiClient';
import type { FormFields } from '../formFields';
import type { PageContext, Redirect, Web, WithFields } from '../pages';
import { page } from '../pages';
import { form } from '../forms';
import { contentOf, isSentToClient } from './approvalFields';
import { filingPage } from './filingPage';

const WorkflowSchema = z.looseObject({ temporalUiUrl: z.string().nullable() });

/** Everything that the page of a filing can ask for: each is one call of the API. */
export function filingForms(web: Web, definition: FilingDefinition): void {
  const { route } = definition;

  form(
    web,
    `/${route}/:id/move`,
    async (context) => {
      const { api, fields } = context;
      const stage = fields.text('stage');
      const move = {
        stage,
        expectedStage: fields.optional('expectedStage'),
        notes: fields.optional('notes'),
        assignedUserId: fields.optional('assignedUserId'),
        filedTo: fields.list('filedTo'),
        rejectedBy: fields.list('rejectedBy'),
        approval: isSentToClient(definition, stage) ? contentOf(fields) : undefined,
      };
      const asked = { schema: FilingSchema, key: fields.optional('key') };
      const sent = await worded(api.send('POST', `${pathOf(context)}/transitions`, move, asked));
      const isPartial = sent.data !== undefined && sent.data.currentStage !== stage;
      return await done(context, sent, isPartial ? await recorded(context) : `Moved to ${stageLabel(stage)}`);
    },
    (context, failure) => filingPage(definition, context, failure, context.fields),
  );

  action('chase-now', 'POST', () => ({}), 'The client is being reminded');
  action('resume-chasing', 'POST', () => ({}), 'Reminders go on');
  action(
    'pause-chasing',
    'POST',
    (fields) => ({ until: fields.optional('until'), reason: fields.text('reason') }),
    'Reminders are paused',
  );
  action('assignee', 'PUT', (fields) => ({ userId: fields.optional('userId') ?? null }), 'It was handed over');
  action('deadlines', 'PUT', (fields) => deadlinesOf(definition, fields), 'The dates were changed');
  action('cancel', 'POST', (fields) => ({ reason: fields.text('reason') }), 'It was cancelled');
  action(
    'reopen',
    'POST',
    (fields) => ({ notes: fields.text('notes'), rejectedBy: fields.list('rejectedBy') }),
    'It is open again',
  );

  page(web, `/${route}/:id/temporal`, async (context) => {
    const { temporalUiUrl } = await context.api.get(`${pathOf(context)}/workflow`, WorkflowSchema);
    if (temporalUiUrl === null) {
      throw new ApiFailure(503, 'UNAVAILABLE', 'The address of the Temporal UI is not set: TEMPORAL_UI_URL names it', []);
    }
    return context.c.redirect(temporalUiUrl, 302);
  });

  function action(at: string, method: 'POST' | 'PUT', body: (fields: FormFields) => unknown, message: string): void {
    form(web, `/${route}/:id/${at}`, async (context) => {
      const sent = await worded(context.api.send(method, `${pathOf(context)}/${at}`, body(context.fields)));
      return await done(context, sent, message);
    });
  }

  function pathOf({ c }: PageContext): string {
    return `/${route}/${encodeURIComponent(c.req.param('id') ?? '')}`;
  }

  /** What was filed of a filing that stays where it is, and what keeps it there. */
  async function recorded(context: PageContext & WithFields): Promise<string> {
    const outlook = await ifSeen(context.api.get(`${pathOf(context)}/outlook`, OutlookSchema));
    const filedTo = FILED_TO.filter((receipt) => context.fields.list('filedTo')?.includes(receipt));
    const missing = (outlook?.moves ?? [])
      .flatMap(({ receipts }) => receipts)
      .flatMap((receipt) => (receipt === 'CLIENT_SELF_FILING' ? [] : FILED_TO_LABELS[receipt]));
    return `${filedWords(filedTo)} recorded${missing.length > 0 ? `; ${missing.join(' and ')} is still to come` : ''}`;
  }

  async function done(context: PageContext & WithFields, { status }: Sent<unknown>, message: string): Promise<Redirect> {
    const own = pathOf(context);
    const back = context.fields.optional('back');
    const to = back === undefined ? own : ownPath(back);
    if (status === 202) {
      return { to, message: 'It is stored and on its way: it is carried out, once, as soon as possible.', kind: 'waiting' };
    }
    // Whoever hands a filing over may have seen it for the last time.
    const isGone = to === own && (await ifSeen(context.api.get(own, FilingSchema))) === undefined;
    return isGone
      ? { to: `/${route}`, message: `${message}. It is no longer among the filings that you see.` }
      : { to, message: `${message}.` };
  }
}

/** What is read of a filing; undefined where the person may not see it. */
async function ifSeen<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 404) return undefined;
    throw error;
  }
}

/** A refusal in the words of the pages. */
async function worded<T>(sending: Promise<T>): Promise<T> {
  try {
    return await sending;
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    throw new ApiFailure(error.status, error.code, withStageLabels(error.message), error.errors);
  }
}

function deadlinesOf(definition: FilingDefinition, fields: FormFields): unknown {
  const given = definition.deadlines.flatMap(({ name }) => {
    const date = fields.optional(name);
    return date === undefined ? [] : [[name, date]];
  });
  return { periodEnd: fields.optional('periodEnd'), deadlines: Object.fromEntries(given), reason: fields.text('reason') };
}
