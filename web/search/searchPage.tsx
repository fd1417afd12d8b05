import { ClientSchema } from '../../api/clients/schemas';
import { FilingSchema } from '../../api/filings/schemas';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { address } from '../addresses';
import { FilingBriefs } from '../filings/filingBriefs';
import type { Page, PageContext, Web } from '../pages';
import { page } from '../pages';

const FEW = 8;

/** Finds clients and their open filings by a part of what people know a client by. */
export function searchPage(web: Web): void {
  page(web, '/search', search);
}

async function search({ api, query }: PageContext): Promise<Page> {
  const text = query['q']?.trim() ?? '';
  if (text === '') return { title: 'Search', body: <Prompt /> };
  const [clients, ...kinds] = await Promise.all([
    api.list(address('/clients', { search: text, limit: FEW }), ClientSchema),
    ...Object.values(FILING_DEFINITIONS).map(async (definition) => {
      const open = { search: text, limit: FEW, isCompleted: 'false', isCancelled: 'false' };
      const list = await api.list(address(`/${definition.route}`, open), FilingSchema);
      return { definition, list };
    }),
  ]);
  return {
    title: `Search: ${text}`,
    body: (
      <>
        <h1>Found for “{text}”</h1>
        <section class="card" aria-labelledby="clients">
          <h2 id="clients">
            Clients <span class="count">{clients.pagination.totalCount}</span>
          </h2>
          {clients.rows.length === 0 ? (
            <p class="muted">No client has this in its name, code, company number or e-mail address.</p>
          ) : (
            <ul class="briefs">
              {clients.rows.map((client) => (
                <li>
                  <a href={`/clients/${client.id}`}>{client.companyName}</a>
                  <span class="muted">
                    {client.clientCode}, {client.contactName}
                    {client.isActive ? '' : ' (archived)'}
                  </span>
                </li>
              ))}
            </ul>
          )}
          {clients.pagination.hasNext && <a href={address('/clients', { search: text })}>All clients found</a>}
        </section>
        <div class="columns">
          {kinds.map(({ definition, list }) => (
            <section class="card" aria-labelledby={definition.route}>
              <h2 id={definition.route}>
                {definition.title} <span class="count">{list.pagination.totalCount}</span>
              </h2>
              {list.rows.length === 0 ? (
                <p class="muted">None is open.</p>
              ) : (
                <FilingBriefs rows={list.rows.map((filing) => ({ definition, filing }))} />
              )}
              {list.pagination.hasNext && <a href={address(`/${definition.route}`, { search: text })}>All that were found</a>}
            </section>
          ))}
        </div>
      </>
    ),
  };
}

function Prompt() {
  return (
    <div class="empty">
      <p>Type a part of a client’s name, code, company number or e-mail address into the field above.</p>
    </div>
  );
}
