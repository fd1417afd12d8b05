import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { PracticeIdentity } from '../../domain/emails/email';
import { assetPath } from '../assets';

interface Props {
  title: string;
  practice: PracticeIdentity;
  children: Child;
}

/** A page for a client: whose it is, one thing to do, and how to reach the practice. */
export function ClientLayout({ title, practice, children }: Props): JSX.Element {
  const mailbox = practice.replyTo ?? practice.fromEmail;
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en-GB">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex, nofollow" />
          <meta name="referrer" content="no-referrer" />
          <title>{`${title} · ${practice.name}`}</title>
          <link rel="stylesheet" href={assetPath('approval.css')} />
        </head>
        <body>
          <header>
            <p class="practice">{practice.name}</p>
          </header>
          <main>{children}</main>
          <footer>
            <p>
              {practice.name}
              {practice.address === null ? '' : ` · ${practice.address}`}
            </p>
            <p>
              Questions? <a href={`mailto:${mailbox}`}>{mailbox}</a>
            </p>
          </footer>
        </body>
      </html>
    </>
  );
}
