import { compare, hash } from 'bcrypt';

const COST = 12;
/** bcrypt reads no further, so that a longer password would be cut without a word. */
export const LONGEST_PASSWORD_BYTES = 72;

/** A hash of a password nobody knows: compared with where there is no user, so that both answers take the same time. */
const NOBODY = hash('a password that nobody has', COST);

/** Hashes a password, off the event loop. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** Whether a password is the one of this hash; without a hash it takes as long and is false. */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  const isMatch = await compare(password, passwordHash ?? (await NOBODY)).catch(() => false);
  return isMatch && passwordHash !== undefined;
}
