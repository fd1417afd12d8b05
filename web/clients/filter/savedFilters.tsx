import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import { SavedFilterSchema } from '../../../api/clients/filterSchemas';
import { address } from '../../addresses';
import { ApiFailure } from '../../apiClient';
import { Csrf } from '../../layout';
import type { PageContext, Redirect, VisitorContext, Web, WithFields } from '../../pages';
import { form } from '../../forms';
import type { FilterState } from './filterState';
import { askedFilter, FILTER_NAMES, filterQuery, readFilter, stateOf } from './filterState';

type Saved = z.infer<typeof SavedFilterSchema>;

const CLIENTS = '/clients';
const PATH = `${CLIENTS}/filters`;

/** The filters that I may use. */
export async function readSavedFilters({ api }: VisitorContext): Promise<Saved[]> {
  return await api.get('/client-filters', SavedFilterSchema.array());
}

interface SavedFiltersProps {
  saved: readonly Saved[];
  filter: FilterState;
  context: PageContext;
}

/** The filters that are kept, one click each. */
export function SavedFilters({ saved, filter, context }: SavedFiltersProps): JSX.Element | null {
  if (saved.length === 0) return null;
  const current = currentOf(saved, context);
  const isChanged = current !== undefined && address('', filterQuery(stateOf(current))) !== address('', filterQuery(filter));
  return (
    <nav class="chips" aria-label="Saved filters">
      {saved.map((one) => (
        <a
          href={address(CLIENTS, { [FILTER_NAMES.saved]: one.id, ...filterQuery(stateOf(one)) })}
          aria-current={one === current ? 'true' : undefined}
        >
          {one.name}
          {one.isShared && <span class="muted"> shared</span>}
          {one === current && isChanged && <span class="muted">, changed</span>}
        </a>
      ))}
    </nav>
  );
}

/** The way to keep the filter that is shown, and to change and throw away the kept one that it was begun from. */
export function KeepFilter({ saved, filter, context }: SavedFiltersProps): JSX.Element | null {
  const known = currentOf(saved, context);
  const current = known?.mayChange ? known : undefined;
  if (filter.groups.length === 0 && !current) return null;
  return (
    <details class="popover" id="keep-filter" data-keep-open>
      <summary class="button small">{current ? `Change “${current.name}”` : 'Save this filter'}</summary>
      <KeepForm current={current} context={context} />
    </details>
  );
}

function currentOf(saved: readonly Saved[], { query }: PageContext): Saved | undefined {
  return saved.find(({ id }) => id === query[FILTER_NAMES.saved]);
}

function KeepForm({ current, context }: { current: Saved | undefined; context: PageContext }): JSX.Element {
  const [, query = ''] = context.here.split('?');
  return (
    <form method="post" action={PATH} class="panel" id={current ? `keep-${current.id}` : 'keep-new'}>
      <Csrf token={context.csrf} />
      <input type="hidden" name="query" value={query} data-query />
      {current && <input type="hidden" name="id" value={current.id} />}
      <div class="field">
        <label for="filter-name">Name of the filter</label>
        <input id="filter-name" name="name" value={current?.name} required maxlength={100} autocomplete="off" />
      </div>
      <label class="option">
        <input type="checkbox" name="isShared" value="true" id="filter-shared" checked={current?.isShared} /> Share it with the
        practice
      </label>
      {current && <p class="hint">Saved by {current.owner.name}. Only its owner takes it back from the practice.</p>}
      <div class="actions">
        <button class="primary" name="do" value={current ? 'change' : 'save'}>
          {current ? 'Save the change' : 'Save the filter'}
        </button>
        {current && (
          <>
            <button name="do" value="save">
              Save as another
            </button>
            <button class="danger" name="do" value="delete">
              Delete it
            </button>
          </>
        )}
      </div>
    </form>
  );
}

/** Keeping, changing and throwing away filters; each leads back to the list as it was. */
export function savedFilterForms(web: Web): void {
  form(web, PATH, async (context) => {
    const query = new URLSearchParams(context.fields.text('query'));
    try {
      return await done(context, query);
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.status === 401) throw error;
      return { to: backTo(query), message: `${error.message}.`, kind: 'refused' };
    }
  });
}

async function done({ api, fields }: PageContext & WithFields, query: URLSearchParams): Promise<Redirect> {
  const path = `/client-filters/${encodeURIComponent(fields.text('id'))}`;
  if (fields.text('do') === 'delete') {
    const { message } = await api.send('DELETE', path);
    query.delete(FILTER_NAMES.saved);
    return { to: backTo(query), message: `${message}.` };
  }
  const asked = askedFilter(readFilter(query))?.filter ?? { groups: [], groupOperator: 'AND' };
  const body = { name: fields.text('name'), isShared: fields.text('isShared') !== '', ...asked };
  const isChange = fields.text('do') === 'change';
  const sent = isChange
    ? await api.send('PUT', path, body, { schema: SavedFilterSchema })
    : await api.send('POST', '/client-filters', body, { schema: SavedFilterSchema });
  if (sent.data) query.set(FILTER_NAMES.saved, sent.data.id);
  return { to: backTo(query), message: `${sent.message}.` };
}

function backTo(query: URLSearchParams): string {
  return address(CLIENTS, Object.fromEntries(query));
}
