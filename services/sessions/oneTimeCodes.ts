import { randomInt } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import { inTransaction } from '../../models/transaction';
import { logActivity } from '../audit/logActivity';
import { hashPassword, isPassword } from './passwords';
import { hashToken, newToken } from './tokens';

const CODE_DIGITS = 6;
const VALID_MINUTES = 10;
const MOST_TRIES = 5;
/** A code is mailed again at most once in this time. */
const MAIL_EVERY_SECONDS = 60;

/** Mailed a moment ago: it can be asked for again after so many seconds. */
export class MailedLatelyError extends Error {
  constructor(readonly retryAfterSeconds: number) {
    super('A code was sent a moment ago: look into your mailbox, or wait a minute');
  }
}

/** A second factor that is asked for; `code` is for the mail alone. */
export interface Challenge {
  challengeId: string;
  code: string;
}

/**
 * Makes a code for one sign-in; an earlier one, of this sign-in or another, no longer counts. Throws MailedLatelyError. `challengeId`
 * is given where a code of that sign-in is sent again.
 */
export async function makeCode(db: Pool, userId: string, challengeId: string = newToken()): Promise<Challenge> {
  const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
  const codeHash = await hashPassword(code);
  await inTransaction(db, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE users SET otp_code = $2, otp_challenge_hash = $3, otp_attempts = 0, is_otp_verified = false,
         otp_expires_at = clock_timestamp() + interval '${VALID_MINUTES} minutes', last_otp_sent_at = clock_timestamp()
       WHERE id = $1 AND (last_otp_sent_at IS NULL OR last_otp_sent_at < clock_timestamp() - interval '${MAIL_EVERY_SECONDS} seconds')`,
      [userId, codeHash, hashToken(challengeId)],
    );
    if (rowCount === 0) throw new MailedLatelyError(MAIL_EVERY_SECONDS);
    await logActivity(client, { action: 'SIGN_IN_CODE_ASKED', userId, details: { method: 'EMAIL' } });
  });
  return { challengeId, code };
}

/** Begins a sign-in that an authenticator app finishes. */
export async function beginAppChallenge(db: Pool, userId: string): Promise<string> {
  const challengeId = newToken();
  await inTransaction(db, async (client) => {
    await client.query(
      `UPDATE users SET otp_code = NULL, otp_challenge_hash = $2, otp_attempts = 0, is_otp_verified = false,
         otp_expires_at = clock_timestamp() + interval '${VALID_MINUTES} minutes'
       WHERE id = $1`,
      [userId, hashToken(challengeId)],
    );
    await logActivity(client, { action: 'SIGN_IN_CODE_ASKED', userId, details: { method: 'APP' } });
  });
  return challengeId;
}

/** The person whose sign-in a challenge is, while it can still be finished; `isMailed` where a mailed code finishes it. */
export async function challengedUser(db: Pool, challengeId: string): Promise<{ userId: string; isMailed: boolean } | undefined> {
  const { rows } = await db.query<{ userId: string; isMailed: boolean }>(
    `SELECT id AS "userId", otp_code IS NOT NULL AS "isMailed"
     FROM users WHERE otp_challenge_hash = $1 AND otp_expires_at > clock_timestamp() AND is_active`,
    [hashToken(challengeId)],
  );
  return rows[0];
}

/** Who tries to answer a challenge, and with what they are compared. */
export interface Try {
  userId: string;
  codeHash: string | null;
}

/** Counts a try before it is judged, so that fifty at once are no more than five; undefined where none is left, or the time is over. */
export async function countTry(db: Pool, challengeId: string): Promise<Try | undefined> {
  const { rows } = await db.query<Try>(
    `UPDATE users SET otp_attempts = otp_attempts + 1
     WHERE otp_challenge_hash = $1 AND otp_expires_at > clock_timestamp() AND otp_attempts < ${MOST_TRIES} AND is_active
     RETURNING id AS "userId", otp_code AS "codeHash"`,
    [hashToken(challengeId)],
  );
  return rows[0];
}

/** Whether a code is the one that was mailed. */
export async function isMailedCode(code: string, { codeHash }: Try): Promise<boolean> {
  return codeHash !== null && (await isPassword(code, codeHash));
}

/** Uses a challenge up, in the caller's transaction; false where somebody was first. */
export async function useChallenge(db: ClientBase, challengeId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE users SET otp_code = NULL, otp_challenge_hash = NULL, otp_expires_at = NULL, otp_attempts = 0, is_otp_verified = true
     WHERE otp_challenge_hash = $1 AND is_active`,
    [hashToken(challengeId)],
  );
  return rowCount === 1;
}
