import { init } from '@paralleldrive/cuid2';

const randomPart = init({ length: 24 });

/**
 * A new id for a row: `c` and 24 lower-case letters and digits, which is what checks for cuid and for cuid2 both accept
 * (a bare cuid2 starts with any letter, and most cuid checks refuse it).
 */
export function newId(): string {
  return `c${randomPart()}`;
}
