import type { ClientBase, Pool } from 'pg';
import { DatabaseError } from 'pg';
import type { UserRole } from '../../domain/people';
import { newId } from '../../models/ids';
import { inTransaction } from '../../models/transaction';
import { changedFields, logActivity } from '../audit/logActivity';
import { managesRole } from '../../domain/permissions';
import { revokeApiTokens } from '../sessions/apiTokens';
import { endAllSessions } from '../sessions/endSessions';
import { voidMailed } from '../sessions/passwordLinks';
import { hashPassword, NO_PASSWORD } from '../sessions/passwords';

/** A user as the practice sees them; never with password or one-time codes. */
export interface UserRecord {
  id: string;
  name: string;
  email: string;
  role: UserRole;
  isActive: boolean;
  lastLoginAt: Date | null;
  createdAt: Date;
}

const COLUMNS = `id, name, email, role::text, is_active AS "isActive", last_login_at AS "lastLoginAt", created_at AS "createdAt"`;

/** Somebody else has this e-mail address. */
export class EmailTakenError extends Error {}
/** Whoever asks may not manage people of this role. */
export class NotManagedError extends Error {}
/** A practice without an active partner could not be run any more. */
export class LastPartnerError extends Error {}

/** All users by name, without SYSTEM. */
export async function listUsers(db: Pool): Promise<UserRecord[]> {
  const { rows } = await db.query<UserRecord>(`SELECT ${COLUMNS} FROM users WHERE NOT is_system ORDER BY name, id`);
  return rows;
}

export async function findUser(db: Pool | ClientBase, userId: string): Promise<UserRecord | undefined> {
  const { rows } = await db.query<UserRecord>(`SELECT ${COLUMNS} FROM users WHERE id = $1 AND NOT is_system`, [userId]);
  return rows[0];
}

export async function findUserByEmail(db: Pool, email: string): Promise<UserRecord | undefined> {
  const { rows } = await db.query<UserRecord>(`SELECT ${COLUMNS} FROM users WHERE email = $1 AND NOT is_system`, [email]);
  return rows[0];
}

/** Makes a user, without a password where they get an invitation. Throws EmailTakenError. */
export async function createUser(
  db: Pool,
  by: string | null,
  user: { name: string; email: string; password?: string | undefined; role: UserRole },
): Promise<UserRecord> {
  const passwordHash = user.password === undefined ? NO_PASSWORD : await hashPassword(user.password);
  return await inTransaction(db, async (client) => {
    const { rows } = await client.query<UserRecord>(
      `INSERT INTO users (id, name, email, password, role) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (email) DO NOTHING RETURNING ${COLUMNS}`,
      [newId(), user.name, user.email, passwordHash, user.role],
    );
    const [created] = rows;
    if (!created) throw emailTaken();
    const after = { name: user.name, email: user.email, role: user.role };
    await logActivity(client, { action: 'USER_CREATED', userId: by, details: { targetUserId: created.id, after } });
    return created;
  });
}

export interface UserChange {
  name?: string | undefined;
  email?: string | undefined;
  role?: UserRole | undefined;
  isActive?: boolean;
}

/**
 * Changes a user; another role ends their sessions, leaving ends tokens for programs as well. Throws EmailTakenError, NotManagedError,
 * LastPartnerError; undefined for an unknown user.
 */
export async function updateUser(
  db: Pool,
  by: { id: string; role: UserRole },
  userId: string,
  change: UserChange,
): Promise<UserRecord | undefined> {
  try {
    return await inTransaction(db, (client) => applyChange(client, by, userId, change));
  } catch (error) {
    // Somebody else took the address at the same moment.
    if (error instanceof DatabaseError && error.constraint === 'idx_users_email') throw emailTaken();
    throw error;
  }
}

async function applyChange(
  client: ClientBase,
  by: { id: string; role: UserRole },
  userId: string,
  change: UserChange,
): Promise<UserRecord | undefined> {
  // Whoever changes who may run the practice does so one after another, or two could each remove the other last partner.
  await client.query(`SELECT id FROM users WHERE role = 'PARTNER' AND is_active ORDER BY id FOR NO KEY UPDATE`);
  const before = await findUser(client, userId);
  if (!before) return undefined;
  if (![before.role, change.role ?? before.role].every((role) => managesRole(by.role, role))) throw new NotManagedError();
  const { rows } = await client.query<UserRecord>(
    `UPDATE users SET name = coalesce($2, name), email = coalesce($3, email), role = coalesce($4::user_role, role), is_active = coalesce($5, is_active)
     WHERE id = $1 AND NOT EXISTS (SELECT FROM users WHERE email = $3 AND id <> $1) RETURNING ${COLUMNS}`,
    [userId, change.name ?? null, change.email ?? null, change.role ?? null, change.isActive ?? null],
  );
  const [after] = rows;
  if (!after) throw emailTaken();
  await requirePartner(client);
  if (after.role !== before.role || !after.isActive) await endAllSessions(client, userId);
  if (!after.isActive) await revokeApiTokens(client, userId);
  if (after.email !== before.email) await voidMailed(client, userId);
  await logActivity(client, {
    action: actionOf(change),
    userId: by.id,
    details: { targetUserId: userId, ...changedFields(before, after) },
  });
  return after;
}

function emailTaken(): EmailTakenError {
  return new EmailTakenError('A user with this e-mail address exists already');
}

function actionOf({ isActive }: { isActive?: boolean }): 'USER_UPDATED' | 'USER_ACTIVATED' | 'USER_DEACTIVATED' {
  if (isActive === undefined) return 'USER_UPDATED';
  return isActive ? 'USER_ACTIVATED' : 'USER_DEACTIVATED';
}

async function requirePartner(db: ClientBase): Promise<void> {
  const { rowCount } = await db.query(`SELECT FROM users WHERE role = 'PARTNER' AND is_active AND NOT is_system LIMIT 1`);
  if (rowCount === 0)
    throw new LastPartnerError('The practice needs at least one active partner: make somebody else a partner first');
}
