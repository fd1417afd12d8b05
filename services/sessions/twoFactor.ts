import type { ClientBase, Pool } from 'pg';
import type { TwoFactorMethod } from '../../domain/people';
import { inTransaction } from '../../models/transaction';
import { logActivity } from '../audit/logActivity';
import { adoptAuthenticator, takeAuthenticatorCode } from './authenticator';
import type { NewSession, SignInOrigin } from './createSession';
import { createSession } from './createSession';
import { endAllSessions } from './endSessions';
import { countTry, isMailedCode, useChallenge } from './oneTimeCodes';
import type { Account } from './signIn';

/** Finishes a sign-in with a code of either method; undefined for a wrong, late, used or too often tried one. */
export async function finishSignIn(
  db: Pool,
  {
    challengeId,
    code,
    origin,
    appSecret,
    now,
  }: { challengeId: string; code: string; origin: SignInOrigin; appSecret: string; now: number },
): Promise<(NewSession & { user: Account }) | undefined> {
  const tried = await countTry(db, challengeId);
  const isRight =
    tried !== undefined &&
    (tried.codeHash === null
      ? await takeAuthenticatorCode(db, tried.userId, code, appSecret, now)
      : await isMailedCode(code, tried));
  if (!tried || !isRight) {
    const details = { ipAddress: origin.ipAddress, secondFactor: true };
    await logActivity(db, { action: 'SIGN_IN_FAILED', userId: tried?.userId ?? null, details });
    return undefined;
  }
  return await inTransaction(db, async (client) => {
    if (!(await useChallenge(client, challengeId))) return undefined;
    const { rows } = await client.query<Account>('SELECT id, name, email, role::text FROM users WHERE id = $1', [tried.userId]);
    const [user] = rows;
    return user && { ...(await createSession(client, user.id, origin)), user };
  });
}

/** What a person is asked for beside the password; null where that is enough. */
export async function twoFactorMethod(db: Pool, userId: string): Promise<TwoFactorMethod | null> {
  return await readMethod(db, userId, '');
}

async function readMethod(
  db: Pool | ClientBase,
  userId: string,
  lock: '' | 'FOR NO KEY UPDATE',
): Promise<TwoFactorMethod | null> {
  const { rows } = await db.query<{ method: TwoFactorMethod | null }>(
    `SELECT two_factor_method::text AS method FROM users WHERE id = $1 ${lock}`,
    [userId],
  );
  return rows[0]?.method ?? null;
}

type Owner = { id: string; sessionId: string };

/** Sets whether a person proves who they are by a mailed code beside the password; their other sessions end. */
export async function setTwoFactor(db: Pool, user: Owner, method: Exclude<TwoFactorMethod, 'APP'> | null): Promise<void> {
  await inTransaction(db, (client) => changeMethod(client, user, method));
}

/** Turns a prepared authenticator app on, by one of its codes; false for a wrong one. The person's other sessions end. */
export async function confirmAuthenticator(
  db: Pool,
  user: Owner,
  { code, appSecret, now }: { code: string; appSecret: string; now: number },
): Promise<boolean> {
  return await inTransaction(db, async (client) => {
    if (!(await adoptAuthenticator(client, user.id, code, appSecret, now))) return false;
    await changeMethod(client, user, 'APP');
    return true;
  });
}

async function changeMethod(client: ClientBase, user: Owner, method: TwoFactorMethod | null): Promise<void> {
  const before = await readMethod(client, user.id, 'FOR NO KEY UPDATE');
  await client.query(
    `UPDATE users SET two_factor_method = $2::two_factor_method, pending_authenticator_secret = NULL,
       authenticator_secret = CASE WHEN $2 = 'APP' THEN authenticator_secret END, otp_code = NULL, otp_challenge_hash = NULL
     WHERE id = $1`,
    [user.id, method],
  );
  await endAllSessions(client, user.id, user.sessionId);
  const details = { before: { twoFactorMethod: before }, after: { twoFactorMethod: method } };
  await logActivity(client, { action: 'TWO_FACTOR_CHANGED', userId: user.id, details });
}
