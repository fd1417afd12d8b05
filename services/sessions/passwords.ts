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

/** What stands where a hash would, while nobody has chosen a password. */
export const NO_PASSWORD = '!';

/** Whether a password is the one of this hash; where there is no hash, or no password behind it, it takes as long and is false. */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  const hasPassword = passwordHash !== undefined && passwordHash !== NO_PASSWORD;
  const isMatch = await compare(password, hasPassword ? passwordHash : await NOBODY);
  return isMatch && hasPassword && Buffer.byteLength(password) <= LONGEST_PASSWORD_BYTES;
}
