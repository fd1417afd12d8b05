import type { ClientBase, Pool } from 'pg';
import { newId } from '../../models/ids';
import { inTransaction } from '../../models/transaction';
import { logActivity } from '../audit/logActivity';
import { idOfToken, signedToken } from '../links/signedToken';

const VALID = '1 year';

/** A person's link that counts, without its token. */
export interface CalendarLinkState {
  expiresAt: Date;
  lastReadAt: Date | null;
  createdAt: Date;
}

/** The link of a person that counts; null where they have none. */
export async function calendarLinkOf(db: Pool, userId: string): Promise<CalendarLinkState | null> {
  const { rows } = await db.query<CalendarLinkState>(
    `SELECT expires_at AS "expiresAt", last_read_at AS "lastReadAt", created_at AS "createdAt" FROM calendar_links
     WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > clock_timestamp()`,
    [userId],
  );
  return rows[0] ?? null;
}

/** Makes the link of a person, for a year; an earlier one no longer counts. Gives its token, which is stored nowhere. */
export async function makeCalendarLink(
  db: Pool,
  userId: string,
  appSecret: string,
): Promise<CalendarLinkState & { token: string }> {
  const id = newId();
  const state = await inTransaction(db, async (client) => {
    await revoke(client, userId);
    const { rows } = await client.query<CalendarLinkState>(
      `INSERT INTO calendar_links (id, user_id, expires_at) VALUES ($1, $2, clock_timestamp() + interval '${VALID}')
       RETURNING expires_at AS "expiresAt", last_read_at AS "lastReadAt", created_at AS "createdAt"`,
      [id, userId],
    );
    await logActivity(client, { action: 'CALENDAR_LINK_CREATED', userId, details: { linkId: id } });
    const [made] = rows;
    if (!made) throw new Error('The calendar link was not stored');
    return made;
  });
  return { ...state, token: signedToken('calendar link', id, appSecret) };
}

/** Takes a person's link away; false where they have none that counts. */
export async function revokeCalendarLink(db: Pool, userId: string): Promise<boolean> {
  return await inTransaction(db, async (client) => {
    const linkId = await revoke(client, userId);
    if (linkId === undefined) return false;
    await logActivity(client, { action: 'CALENDAR_LINK_REVOKED', userId, details: { linkId } });
    return true;
  });
}

/** Whose calendar a token reads; undefined for one that is wrong, late, revoked, or of somebody who has left. */
export async function readerOf(
  db: Pool,
  token: string,
  appSecret: string,
): Promise<{ userId: string; name: string } | undefined> {
  const id = idOfToken('calendar link', token, appSecret);
  if (id === undefined) return undefined;
  const { rows } = await db.query<{ userId: string; name: string }>(
    `UPDATE calendar_links l SET last_read_at = clock_timestamp() FROM users u
     WHERE l.id = $1 AND l.revoked_at IS NULL AND l.expires_at > clock_timestamp() AND u.id = l.user_id AND u.is_active
     RETURNING u.id AS "userId", u.name`,
    [id],
  );
  return rows[0];
}

async function revoke(client: ClientBase, userId: string): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>(
    'UPDATE calendar_links SET revoked_at = clock_timestamp() WHERE user_id = $1 AND revoked_at IS NULL RETURNING id',
    [userId],
  );
  return rows[0]?.id;
}
