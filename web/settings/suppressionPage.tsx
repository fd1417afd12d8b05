import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import { SuppressedSchema } from '../../api/emails/suppressionRoutes';
import { displayInstant } from '../../domain/calendar/display';
import { address } from '../addresses';
import { CardTable, HiddenHeading } from '../components/cardTable';
import { Pagination } from '../components/pagination';
import { Csrf } from '../layout';
import type { Page, PageContext, Web } from '../pages';
import { page } from '../pages';
import { form } from '../forms';
import { SettingsPage } from './settingsPage';

type Suppressed = z.infer<typeof SuppressedSchema>;

const PATH = '/settings/suppressed-addresses';
const TITLE = 'Suppressed addresses';
const REASONS = { BOUNCED: 'Came back', COMPLAINED: 'Called spam' } as const;

/** The addresses that nothing is sent to, and allowing one again. */
export function suppressionPage(web: Web): void {
  page(web, PATH, suppressed);
  form(web, `${PATH}/allow`, async ({ api, fields }) => {
    const { message } = await api.send('DELETE', `/suppressed-addresses/${encodeURIComponent(fields.text('id'))}`);
    return { to: PATH, message: `${message}.` };
  });
}

async function suppressed({ api, me, csrf, query }: PageContext): Promise<Page> {
  const { rows, pagination } = await api.list(address('/suppressed-addresses', query), SuppressedSchema);
  return {
    title: TITLE,
    body: (
      <SettingsPage title={TITLE} path={PATH} me={me}>
        <p class="muted">
          Mail to these came back, or its reader called it spam. They get nothing more until the client has another address, or
          the address is allowed again here. Codes and links that somebody asks for are mailed all the same.
        </p>
        {rows.length === 0 ? (
          <div class="empty">
            <p>No address is suppressed: everybody’s mail arrives.</p>
            <p class="muted">One that comes back is listed here, and whoever looks after the client is told.</p>
          </div>
        ) : (
          <>
            <CardTable
              caption="Addresses that nothing is sent to, newest first"
              headings={['Address', 'Why', 'Since', 'Client', <HiddenHeading>Allow again</HiddenHeading>]}
            >
              {rows.map((row) => (
                <tr data-row>
                  <th scope="row" data-label="Address">
                    <span class="long">{row.address}</span>
                  </th>
                  <td data-label="Why">
                    <span class="badge overdue">{REASONS[row.reason]}</span>{' '}
                    <span class="below muted">{[row.failureReason, row.subject].filter(Boolean).join(': ')}</span>
                  </td>
                  <td data-label="Since" class="short">
                    {displayInstant(row.createdAt.getTime())}
                  </td>
                  <td data-label="Client">
                    <Whose row={row} />
                  </td>
                  <td class="next">
                    <form method="post" action={`${PATH}/allow`}>
                      <Csrf token={csrf} />
                      <input type="hidden" name="id" value={row.id} />
                      <input type="hidden" name="back" value={PATH} />
                      <button class="small" aria-label={`Allow again: ${row.address}`}>
                        Allow again
                      </button>
                    </form>
                  </td>
                </tr>
              ))}
            </CardTable>
            <Pagination pagination={pagination} path={PATH} query={query} />
          </>
        )}
      </SettingsPage>
    ),
  };
}

function Whose({ row: { client, recipientName } }: { row: Suppressed }): JSX.Element {
  if (!client) return <>{recipientName ?? <span class="muted">nobody’s</span>}</>;
  return (
    <>
      <a href={`/clients/${client.id}`}>{client.companyName}</a> <span class="code">{client.clientCode}</span>
      {!client.hasThisAddress && ' '}
      {!client.hasThisAddress && <span class="below muted">has another address by now</span>}
    </>
  );
}
