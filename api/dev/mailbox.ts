import { html } from 'hono/html';
import { withApprovalTokens } from '../../services/approvals/approvalAddress';
import { required } from '../../settings/settings';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { notFoundHandler } from '../failures';
import { isFromThisMachine, noStore } from '../middleware';

const MOST_SHOWN = 100;

interface Mail {
  recipientEmail: string;
  subject: string;
  content: string;
  status: string;
  createdAt: Date;
}

/** The mail that stayed on this machine, for whoever tries the system out; in embedded mode and for this machine only. */
export function mailboxRoutes(app: Api, deps: ApiDependencies): void {
  if (!deps.settings.EMBEDDED) return;
  app.get('/dev/mailbox', noStore(), async (c) => {
    if (!isFromThisMachine(c)) return notFoundHandler(c);
    const { rows } = await deps.db.pool.query<Mail>(
      `SELECT recipient_email AS "recipientEmail", subject, content, status::text, created_at AS "createdAt"
       FROM email_logs ORDER BY created_at DESC LIMIT ${MOST_SHOWN}`,
    );
    return c.html(
      html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <title>Mailbox · Numericalz</title>
          </head>
          <body>
            <h1>Mailbox</h1>
            <p>The last ${MOST_SHOWN} e-mails, newest first. Mail to example.com never leaves this machine.</p>
            ${deps.accountMailer.kept.map(
              (mail) =>
                html`<article>
                  <h2>${mail.subject}</h2>
                  <p>Kept until the API stops, to ${mail.to}, ${mail.at.toISOString()}</p>
                  <pre>${mail.text}</pre>
                </article>`,
            )}
            ${rows.map(
              (mail) =>
                html`<article>
                  <h2>${mail.subject}</h2>
                  <p>${mail.status}, to ${mail.recipientEmail}, ${mail.createdAt.toISOString()}</p>
                  <pre>${withApprovalTokens(mail.content, required(deps.settings, 'APP_SECRET'))}</pre>
                </article>`,
            )}
          </body>
        </html>`,
    );
  });
}
