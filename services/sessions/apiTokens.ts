import type { ClientBase, Pool } from 'pg';
import type { ApiTokenScope } from '../../domain/sessions';
import { newId } from '../../models/ids';
import { inTransaction } from '../../models/transaction';
import { logActivity } from '../audit/logActivity';
import type { SignedInUser } from './readSession';
import { hashToken, newToken } from './tokens';

/** Tells a program's token from a session's at a glance, also for tools that look for leaked secrets. */
export const API_TOKEN_PREFIX = 'nzt_';

/** A token as its owner sees it later. */
export interface ApiTokenRow {
  id: string;
  name: string;
  scope: ApiTokenScope;
  expiresAt: Date;
  lastUsedAt: Date | null;
  createdAt: Date;
}

const COLUMNS = `id, name, scope::text, expires_at AS "expiresAt", last_used_at AS "lastUsedAt", created_at AS "createdAt"`;

/** Makes a token for a person's program; the token itself is shown once. */
export async function createApiToken(
  db: Pool,
  userId: string,
  { name, scope, days }: { name: string; scope: ApiTokenScope; days: number },
): Promise<ApiTokenRow & { token: string }> {
  const token = API_TOKEN_PREFIX + newToken();
  return await inTransaction(db, async (client) => {
    const { rows } = await client.query<ApiTokenRow>(
      `INSERT INTO api_tokens (id, user_id, name, token_hash, scope, expires_at)
       VALUES ($1, $2, $3, $4, $5::api_token_scope, clock_timestamp() + make_interval(days => $6)) RETURNING ${COLUMNS}`,
      [newId(), userId, name, hashToken(token), scope, days],
    );
    const [row] = rows;
    if (!row) throw new Error('The token was not stored');
    await logActivity(client, { action: 'API_TOKEN_CREATED', userId, details: { tokenId: row.id, name, scope } });
    return { ...row, token };
  });
}

/** A person's tokens that still count, newest first. */
export async function listApiTokens(db: Pool, userId: string): Promise<ApiTokenRow[]> {
  const { rows } = await db.query<ApiTokenRow>(
    `SELECT ${COLUMNS} FROM api_tokens WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > clock_timestamp() ORDER BY created_at DESC`,
    [userId],
  );
  return rows;
}

/** Revokes one of a person's tokens; false where there is none. */
export async function revokeApiToken(db: Pool, userId: string, tokenId: string): Promise<boolean> {
  return await inTransaction(db, async (client) => {
    const { rowCount } = await client.query(
      'UPDATE api_tokens SET revoked_at = clock_timestamp() WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL',
      [tokenId, userId],
    );
    if (rowCount === 0) return false;
    await logActivity(client, { action: 'API_TOKEN_REVOKED', userId, details: { tokenId } });
    return true;
  });
}

/** Revokes every token of a person, in the caller's transaction. */
export async function revokeApiTokens(db: ClientBase, userId: string): Promise<void> {
  await db.query('UPDATE api_tokens SET revoked_at = clock_timestamp() WHERE user_id = $1 AND revoked_at IS NULL', [userId]);
}

/** A token is marked as used at most once in this time. */
const TOUCH_EVERY_SECONDS = 60;

/** The person whose program calls, and what the token may do; undefined for an unknown, ended or revoked one, or an inactive person. */
export async function readApiToken(db: Pool, token: string): Promise<(SignedInUser & { scope: ApiTokenScope }) | undefined> {
  const { rows } = await db.query<SignedInUser & { scope: ApiTokenScope; isStale: boolean }>({
    name: 'read-api-token',
    text: `SELECT u.id, u.name, u.email, u.role::text, t.id AS "sessionId", 'TOKEN' AS "sessionKind", t.scope::text,
        coalesce(t.last_used_at < clock_timestamp() - interval '${TOUCH_EVERY_SECONDS} seconds', true) AS "isStale"
      FROM api_tokens t JOIN users u ON u.id = t.user_id
      WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND t.expires_at > clock_timestamp() AND u.is_active AND NOT u.is_system`,
    values: [hashToken(token)],
  });
  const [row] = rows;
  if (!row) return undefined;
  const { isStale, ...program } = row;
  if (isStale) await db.query('UPDATE api_tokens SET last_used_at = clock_timestamp() WHERE id = $1', [program.sessionId]);
  return program;
}
