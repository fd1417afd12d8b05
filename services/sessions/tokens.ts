import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;

/** A new secret of 256 bits that names its bearer. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** Tokens are stored hashed: whoever reads the database cannot sign in with them. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
