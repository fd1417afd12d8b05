import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';
/** The largest multiple of 36 in a byte: higher ones are thrown away, so that every letter is equally likely. */
const FAIR_BYTES = 252;
const RANDOM_LETTERS = 16;

/**
 * A new id for a row: `c`, eight letters of the time, sixteen random ones from a secure source (82 bits); lower-case letters and digits
 * only, so that checks for cuid and for cuid2 both accept it. Starting with the time keeps new rows together in the indexes.
 * Made here because a cuid2 costs 0.3 ms of hashing, and a recorded move needs dozens of ids.
 */
export function newId(): string {
  let letters = '';
  while (letters.length < RANDOM_LETTERS) {
    for (const byte of randomBytes(RANDOM_LETTERS + 2)) {
      if (byte < FAIR_BYTES && letters.length < RANDOM_LETTERS) letters += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return `c${Date.now().toString(36).padStart(8, '0')}${letters}`;
}
