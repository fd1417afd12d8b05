import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import type { SessionSchema } from '../../api/auth/sessionRoutes';
import { displayInstant } from '../../domain/calendar/display';
import { CardTable, HiddenHeading } from '../components/cardTable';
import { Csrf } from '../layout';
import { PROFILE_PATH as PATH } from './paths';

interface SessionsProps {
  sessions: readonly z.infer<typeof SessionSchema>[];
  csrf: string;
}

/** Where one is signed in, to be ended one by one or all at once. */
export function Sessions({ sessions, csrf }: SessionsProps): JSX.Element {
  return (
    <section class="card">
      <h2>Where I am signed in</h2>
      <CardTable
        caption="Where I am signed in"
        headings={['With', 'From', 'Since', 'Last used', <HiddenHeading>End it</HiddenHeading>]}
      >
        {sessions.map((session) => (
          <tr>
            <td data-label="With">{session.kind === 'BROWSER' ? browserOf(session.userAgent) : 'A program'}</td>
            <td data-label="From">{session.ipAddress ?? 'unknown'}</td>
            <td data-label="Since">{displayInstant(session.createdAt.getTime())}</td>
            <td data-label="Last used">{displayInstant(session.lastUsedAt.getTime())}</td>
            <td>
              {session.isCurrent ? (
                <span class="badge plain">This one</span>
              ) : (
                <form method="post" action={`${PATH}/sessions/end`}>
                  <Csrf token={csrf} />
                  <input type="hidden" name="id" value={session.id} />
                  <button class="small">End it</button>
                </form>
              )}
            </td>
          </tr>
        ))}
      </CardTable>
      <form method="post" action={`${PATH}/sessions/end-all`}>
        <Csrf token={csrf} />
        <button>Sign out everywhere</button>
      </form>
    </section>
  );
}

const BROWSERS = [
  ['Edg/', 'Edge'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;

function browserOf(userAgent: string | null): string {
  return BROWSERS.find(([part]) => userAgent?.includes(part))?.[1] ?? 'A browser';
}
