import type { z } from '@hono/zod-openapi';
import { NotificationSchema } from '../../api/logs/routes';
import { displayInstant } from '../../domain/calendar/display';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { Pagination } from '../components/pagination';
import { filingPath } from '../filings/filing';
import { Csrf } from '../layout';
import type { Page, PageContext, Web } from '../pages';
import { page } from '../pages';
import { form } from '../forms';

const PATH = '/notifications';
const ROWS = 50;

/** What I was told. */
export function notificationPages(web: Web): void {
  page(web, PATH, notificationPage);
  form(web, `${PATH}/read-all`, async ({ api }) => {
    await api.send('POST', '/notifications/read-all');
    return { to: PATH, message: 'Everything is marked as read.' };
  });
  form(web, `${PATH}/read`, async ({ api, fields }) => {
    await api.send('POST', `/notifications/${encodeURIComponent(fields.text('id'))}/read`);
    return { to: PATH };
  });
}

async function notificationPage({ api, csrf, query }: PageContext): Promise<Page> {
  const page = Number(query['page'] ?? 1);
  const { rows, pagination } = await api.list(`/notifications?limit=${ROWS}&page=${page}`, NotificationSchema);
  return {
    title: 'Notifications',
    body: (
      <div id="results" data-live="NOTIFICATION">
        <div class="heading">
          <h1>Notifications</h1>
          {rows.some(({ isRead }) => !isRead) && (
            <form method="post" action={`${PATH}/read-all`}>
              <Csrf token={csrf} />
              <button>Mark all as read</button>
            </form>
          )}
        </div>
        {rows.length === 0 ? (
          <div class="empty">
            <p>Nobody has told you anything yet.</p>
            <p class="muted">Deadlines that are near, and filings that are stuck or handed to you, are told here.</p>
          </div>
        ) : (
          <ul class="feed">
            {rows.map((notification) => (
              <li class={notification.isRead ? undefined : 'unread'}>
                <div>
                  <a href={notificationLink(notification)}>{notification.title}</a>{' '}
                  <span class="muted">{displayInstant(notification.createdAt.getTime())}</span>
                  <p>{notification.message}</p>
                </div>
                {!notification.isRead && (
                  <form method="post" action={`${PATH}/read`}>
                    <Csrf token={csrf} />
                    <input type="hidden" name="id" value={notification.id} />
                    <button class="small" aria-label={`Mark as read: ${notification.title}`}>
                      Read
                    </button>
                  </form>
                )}
              </li>
            ))}
          </ul>
        )}
        <Pagination pagination={pagination} path={PATH} query={query} />
      </div>
    ),
  };
}

/** The page of what a notification is about. */
export function notificationLink({ filingKind, filingId, clientId }: z.infer<typeof NotificationSchema>): string {
  if (filingKind && filingId) return filingPath(FILING_DEFINITIONS[filingKind], filingId);
  return clientId ? `/clients/${clientId}` : PATH;
}
