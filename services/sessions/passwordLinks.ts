import type { ClientBase, Pool } from 'pg';
import type { PasswordLinkPurpose } from '../../domain/sessions';
import { newId } from '../../models/ids';
import { inTransaction } from '../../models/transaction';
import type { Activity } from '../audit/logActivity';
import { logActivity } from '../audit/logActivity';
import { idOfToken, signedToken } from '../links/signedToken';
import { revokeApiTokens } from './apiTokens';
import { endAllSessions } from './endSessions';
import { hashPassword } from './passwords';

const VALID: Record<PasswordLinkPurpose, string> = { RESET: '30 minutes', INVITATION: '7 days' };

/**
 * Makes a link by which a person sets a password, once; earlier ones of the same purpose no longer count. `asked` is what the activity
 * log says of it. Gives its token, which is stored nowhere.
 */
export async function makePasswordLink(
  db: Pool,
  userId: string,
  purpose: PasswordLinkPurpose,
  appSecret: string,
  asked: Activity,
): Promise<string> {
  const id = newId();
  await inTransaction(db, async (client) => {
    await client.query(
      `WITH old AS (
         UPDATE password_links SET used_at = clock_timestamp() WHERE user_id = $2 AND purpose = $3::password_link_purpose AND used_at IS NULL
       )
       INSERT INTO password_links (id, user_id, purpose, expires_at)
       VALUES ($1, $2, $3::password_link_purpose, clock_timestamp() + interval '${VALID[purpose]}')`,
      [id, userId, purpose],
    );
    await logActivity(client, asked);
  });
  return signedToken('password link', id, appSecret);
}

/** What was mailed to an address that is no longer the person's counts no more, in the caller's transaction. */
export async function voidMailed(client: ClientBase, userId: string): Promise<void> {
  await client.query('UPDATE password_links SET used_at = clock_timestamp() WHERE user_id = $1 AND used_at IS NULL', [userId]);
  await client.query(
    'UPDATE users SET otp_code = NULL, otp_challenge_hash = NULL, otp_expires_at = NULL WHERE id = $1 AND otp_code IS NOT NULL',
    [userId],
  );
}

/**
 * Sets a password by a link's token; ends every session and every token for programs. Gives the person whose password it is, undefined
 * for a token that is wrong, late or used.
 */
export async function setPasswordByLink(
  db: Pool,
  token: string,
  password: string,
  appSecret: string,
): Promise<string | undefined> {
  const id = idOfToken('password link', token, appSecret);
  if (id === undefined) return undefined;
  const passwordHash = await hashPassword(password);
  return await inTransaction(db, async (client) => {
    const { rows } = await client.query<{ userId: string; purpose: PasswordLinkPurpose }>(
      `UPDATE password_links l SET used_at = clock_timestamp() FROM users u
       WHERE l.id = $1 AND l.used_at IS NULL AND l.expires_at > clock_timestamp() AND u.id = l.user_id AND u.is_active
       RETURNING l.user_id AS "userId", l.purpose::text`,
      [id],
    );
    const [used] = rows;
    if (!used) return undefined;
    await client.query('UPDATE users SET password = $2 WHERE id = $1', [used.userId, passwordHash]);
    await endAllSessions(client, used.userId);
    await revokeApiTokens(client, used.userId);
    await logActivity(client, { action: 'PASSWORD_CHANGED', userId: used.userId, details: { by: used.purpose } });
    return used.userId;
  });
}
