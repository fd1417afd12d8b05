/** Numbers that look random and are the same each time for the same seed. */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean;
  /** One of a list that is not empty. */
  pick<T>(list: readonly [T, ...T[]]): T;
  /** So many of these letters, each chosen alone. */
  letters(alphabet: string, length: number): string;
}

/** A generator for one thing out of many: `index` keeps things apart, so that none depends on how many were made before it. */
export function createRandom(seed: number, index: number): Random {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35)) >>> 0;
  // Mulberry32: small, quick, good enough for names.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    integer,
    chance: (percent) => next() * 100 < percent,
    pick: (list) => list[integer(0, list.length - 1)] ?? list[0],
    letters: (alphabet, length) => {
      let letters = '';
      while (letters.length < length) letters += alphabet.charAt(integer(0, alphabet.length - 1));
      return letters;
    },
  };
}

const ID_LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 24;
const INDEX_LENGTH = 4;

/**
 * An id of the form that rows have, the same each time. `key` tells the row from all others of its table and seed, for two of a
 * million short streams of random numbers do meet; in front it keeps neighbours together in the indexes.
 */
export function seededId(random: Random, key: string): string {
  return `c${key}${random.letters(ID_LETTERS, ID_LENGTH - key.length)}`;
}

/** An index as part of a key, up to a million and a half. */
export function indexKey(index: number): string {
  return index.toString(36).padStart(INDEX_LENGTH, '0');
}
