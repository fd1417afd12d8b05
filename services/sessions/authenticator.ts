import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { ClientBase, Pool } from 'pg';
import { inTransaction } from '../../models/transaction';
import { logActivity } from '../audit/logActivity';

const ISSUER = 'Numericalz';
const PERIOD_SECONDS = 30;
const SECRET_BYTES = 20;
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Clocks of phones go a little wrong: the half minutes before and after count too. */
const WINDOW = 1;

/** A new secret for an authenticator app, stored encrypted beside the one in use until it is confirmed; gives the address that the app reads. */
export async function prepareAuthenticator(
  db: Pool,
  user: { id: string; email: string },
  appSecret: string,
): Promise<{ secret: string; uri: string }> {
  const secret = new Secret({ size: SECRET_BYTES });
  await inTransaction(db, async (client) => {
    await client.query('UPDATE users SET pending_authenticator_secret = $2 WHERE id = $1', [
      user.id,
      encrypt(secret.base32, appSecret),
    ]);
    await logActivity(client, { action: 'AUTHENTICATOR_PREPARED', userId: user.id, details: {} });
  });
  return { secret: secret.base32, uri: totpOf(secret.base32, user.email).toString() };
}

/** Whether a code is one of the app that a person is setting up; that app's secret is the one in use from then on, in the caller's transaction. */
export async function adoptAuthenticator(
  db: ClientBase,
  userId: string,
  code: string,
  appSecret: string,
  now: number,
): Promise<boolean> {
  const { rows } = await db.query<{ secret: string | null }>(
    'SELECT pending_authenticator_secret AS secret FROM users WHERE id = $1 FOR NO KEY UPDATE',
    [userId],
  );
  const secret = rows[0]?.secret;
  const step = secret ? stepOf(secret, code, appSecret, now) : undefined;
  if (step === undefined) return false;
  await db.query(
    `UPDATE users SET authenticator_secret = pending_authenticator_secret, pending_authenticator_secret = NULL,
       authenticator_last_step = $2
     WHERE id = $1`,
    [userId, step],
  );
  return true;
}

/** Whether a code is one of the person's app now; the half minute that it belongs to counts once. */
export async function takeAuthenticatorCode(
  db: Pool | ClientBase,
  userId: string,
  code: string,
  appSecret: string,
  now: number,
): Promise<boolean> {
  const { rows } = await db.query<{ secret: string | null }>('SELECT authenticator_secret AS secret FROM users WHERE id = $1', [
    userId,
  ]);
  const secret = rows[0]?.secret;
  if (!secret) return false;
  const step = stepOf(secret, code, appSecret, now);
  if (step === undefined) return false;
  const { rowCount } = await db.query(
    `UPDATE users SET authenticator_last_step = $2
     WHERE id = $1 AND (authenticator_last_step IS NULL OR authenticator_last_step < $2)`,
    [userId, step],
  );
  return rowCount === 1;
}

/** The half minute that a code belongs to; undefined for a wrong one. */
function stepOf(encrypted: string, code: string, appSecret: string, now: number): number | undefined {
  const delta = totpOf(decrypt(encrypted, appSecret), '').validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? undefined : Math.floor(now / 1000 / PERIOD_SECONDS) + delta;
}

function totpOf(base32: string, label: string): TOTP {
  return new TOTP({ issuer: ISSUER, label, period: PERIOD_SECONDS, secret: Secret.fromBase32(base32) });
}

function keyOf(appSecret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', appSecret, '', 'authenticator secrets', 32));
}

function encrypt(text: string, appSecret: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(appSecret), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
}

function decrypt(text: string, appSecret: string): string {
  const bytes = Buffer.from(text, 'base64');
  const decipher = createDecipheriv(CIPHER, keyOf(appSecret), bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
}
