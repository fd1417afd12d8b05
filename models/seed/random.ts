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
    letters: (alphabet, length) => Array.from({ length }, () => alphabet.charAt(integer(0, alphabet.length - 1))).join(''),
  };
}

const ID_LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** An id of the form that rows have, the same each time. */
export function seededId(random: Random): string {
  return `c${random.letters(ID_LETTERS, 24)}`;
}
