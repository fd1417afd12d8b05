import { EmailTextSchema } from '../../api/logs/routes';
import { displayInstant } from '../../domain/calendar/display';
import { EmailBadge } from '../filings/history';
import type { Page, PageContext, Web } from '../pages';
import { page } from '../pages';

/** What one e-mail says, as it is stored. */
export function emailPage(web: Web): void {
  page(web, '/email-logs/:id', email);
}

async function email({ api, c }: PageContext): Promise<Page> {
  const sent = await api.get(`/email-logs/${encodeURIComponent(c.req.param('id') ?? '')}`, EmailTextSchema);
  const when = sent.deliveredAt ?? sent.sentAt ?? sent.createdAt;
  return {
    title: sent.subject,
    body: (
      <>
        {sent.clientId !== null && (
          <nav class="crumbs" aria-label="Where this is">
            <a href="/clients">Clients</a> / <a href={`/clients/${sent.clientId}`}>Its client</a>
          </nav>
        )}
        <h1>{sent.subject}</h1>
        <section class="card" aria-label="The e-mail">
          <p>
            to {sent.recipientEmail}, <time datetime={when.toISOString()}>{displayInstant(when.getTime())}</time>{' '}
            <EmailBadge status={sent.status} /> {sent.failureReason && <span class="muted">{sent.failureReason}</span>}
          </p>
          <blockquote>{sent.content}</blockquote>
          <p class="muted">Links by which somebody signs in or approves are not kept: a sign in braces stands for each.</p>
        </section>
      </>
    ),
  };
}
