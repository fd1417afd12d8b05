import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import type { BulkResultsSchema } from '../../api/bulk';
import { UserSchema } from '../../api/users/schemas';
import type { FilingDefinition } from '../../domain/filings/definition';
import { stageLabel, withStageLabels } from '../../domain/filings/labels';
import { ownPath } from '../addresses';
import type { Sent } from '../apiClient';
import { ApiFailure } from '../apiClient';
import { Choice } from '../components/fields';
import type { FormFields } from '../formFields';
import { Csrf } from '../layout';
import { filingPath } from './filing';
import type { Page, PageContext, Web, WithFields } from '../pages';
import { form } from '../forms';

/** The id of the form that rows are selected for. */
export const BULK_FORM = 'bulk';
/** In the choice of a person, for handing over to nobody. */
const NOBODY = 'nobody';

interface BulkBarProps {
  definition: FilingDefinition;
  people: readonly z.infer<typeof UserSchema>[];
  context: PageContext;
}

/** What can be done with the selected rows; it is shown first what would happen. */
export function BulkBar({ definition, people, context }: BulkBarProps): JSX.Element {
  return (
    <form id={BULK_FORM} class="bulk" method="post" action={`/${definition.route}/bulk/preview`} aria-label="Selected filings">
      <Csrf token={context.csrf} />
      <input type="hidden" name="back" value={context.here} />
      <span data-selected>Selected:</span>
      <Choice
        id="bulk-stage"
        name="stage"
        label="Move to"
        none="Move to…"
        options={definition.stages.map(({ stage }) => ({ value: stage, label: stageLabel(stage) }))}
      />
      <Choice
        id="bulk-user"
        name="userId"
        label="Hand to"
        none="Hand to…"
        options={[
          ...people.filter(({ isActive }) => isActive).map(({ id, name }) => ({ value: id, label: name })),
          { value: NOBODY, label: 'Nobody' },
        ]}
      />
      <input name="notes" placeholder="Note" aria-label="Note" maxlength={500} />
      <button class="primary">Preview</button>
    </form>
  );
}

/** Doing the same with many filings: first what would happen and what would not, then it is done. */
export function bulkPages(web: Web, definition: FilingDefinition): void {
  const { route } = definition;

  form(web, `/${route}/bulk/preview`, async (context) => {
    const asked = askedOf(definition, context.fields);
    const { results } = await send(context, asked, true);
    const { ids, back } = selection(context.fields);
    const will = results?.successful ?? 0;
    return {
      title: 'Preview',
      body: (
        <section class="card">
          <h1>{await asked.title(context)}</h1>
          <p>
            <strong>
              {will} of {ids.length} will {asked.verb}
            </strong>
            {results && results.failed > 0 && `, ${results.failed} can’t`}
          </p>
          <Foreseen definition={definition} records={results?.records ?? []} />
          <div class="actions">
            {will > 0 && (
              <form method="post" action={`/${route}/bulk`}>
                <Csrf token={context.csrf} />
                <input type="hidden" name="back" value={back} />
                {ids.map((id) => (
                  <input type="hidden" name="ids" value={id} />
                ))}
                {['stage', 'userId', 'notes'].map((name) => (
                  <input type="hidden" name={name} value={context.fields.text(name)} />
                ))}
                <button class="primary">Do it for {will === 1 ? 'the one' : `the ${will}`} that can</button>
              </form>
            )}
            <a href={back}>Back to the list</a>
          </div>
        </section>
      ),
    };
  });

  form(web, `/${route}/bulk`, async (context) => {
    const { results, message } = await send(context, askedOf(definition, context.fields), false);
    const { back } = selection(context.fields);
    if (!results || results.failed === 0) return { to: back, message: `${withStageLabels(message)}.` };
    return donePage(withStageLabels(message), results.errors, back);
  });
}

type Previewed = NonNullable<z.infer<typeof BulkResultsSchema>['records']>[number];

/** Every record with what would happen to it; those that go back first, for they lose something, and those that stay last. */
function Foreseen({ definition, records }: { definition: FilingDefinition; records: readonly Previewed[] }): JSX.Element {
  const refused = records.filter(({ refusal }) => refusal !== null);
  const back = records.filter(({ isBack }) => isBack);
  const others = records.filter((record) => record.refusal === null && !record.isBack);
  return (
    <>
      {back.length > 0 && <h2>{back.length === 1 ? 'One goes back' : `${back.length} go back`}</h2>}
      <Records definition={definition} records={back} />
      {others.length > 0 && back.length + refused.length > 0 && <h2>As asked</h2>}
      <Records definition={definition} records={others} />
      {refused.length > 0 && <h2>Refused</h2>}
      <Records definition={definition} records={refused} />
    </>
  );
}

function Records({ definition, records }: { definition: FilingDefinition; records: readonly Previewed[] }): JSX.Element | null {
  if (records.length === 0) return null;
  return (
    <ul>
      {records.map(({ id, label, refusal, change, isBack }) => (
        <li>
          {isBack && <span class="badge overdue">Goes back</span>}{' '}
          {label === null ? 'A filing that is not there' : <a href={filingPath(definition, id)}>{label}</a>}:{' '}
          {withStageLabels(refusal ?? change ?? 'stays as it is')}
        </li>
      ))}
    </ul>
  );
}

interface Asked {
  path: string;
  body: Record<string, unknown>;
  verb: string;
  title: (context: PageContext) => Promise<string>;
}

function selection(fields: FormFields): { ids: string[]; back: string } {
  return { ids: fields.list('ids') ?? [], back: ownPath(fields.text('back')) };
}

/** What is asked of the selected filings. Throws ApiFailure where nothing was selected or chosen, or two things at once. */
function askedOf({ route }: FilingDefinition, fields: FormFields): Asked {
  const { ids } = selection(fields);
  const [stage, userId] = [fields.optional('stage'), fields.optional('userId')];
  if (ids.length === 0) throw unclear('Select the filings first: tick their boxes, or press x');
  if (stage !== undefined && userId !== undefined) throw unclear('Choose a stage or a person, not both');
  if (stage !== undefined) {
    return {
      path: `/${route}/bulk-transition`,
      body: { ids, stage, notes: fields.optional('notes') },
      verb: 'move',
      title: async () => `Move to ${stageLabel(stage)}`,
    };
  }
  if (userId === undefined) throw unclear('Choose a stage to move to, or a person to hand over to');
  return {
    path: `/${route}/bulk-assign`,
    body: { ids, userId: userId === NOBODY ? null : userId },
    verb: 'be handed over',
    title: async ({ api }) => {
      const people = await api.get('/users', UserSchema.array());
      return `Hand to ${people.find(({ id }) => id === userId)?.name ?? 'nobody'}`;
    },
  };
}

function unclear(message: string): ApiFailure {
  return new ApiFailure(422, 'VALIDATION_FAILED', message, []);
}

async function send({ api }: PageContext & WithFields, { path, body }: Asked, dryRun: boolean): Promise<Sent<unknown>> {
  return await api.send('POST', path, { ...body, dryRun });
}

function donePage(message: string, errors: readonly string[], back: string): Page {
  return {
    title: 'Done',
    body: (
      <section class="card">
        <h1>{message}</h1>
        <p>These were refused:</p>
        <Refusals errors={errors} />
        <a class="button" href={back}>
          Back to the list
        </a>
      </section>
    ),
  };
}

function Refusals({ errors }: { errors: readonly string[] }): JSX.Element | null {
  if (errors.length === 0) return null;
  return (
    <ul>
      {errors.map((error) => (
        <li>{withStageLabels(error)}</li>
      ))}
    </ul>
  );
}
