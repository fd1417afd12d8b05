import { dictionary } from '@zxcvbn-ts/language-common';

const COMMON = new Set(dictionary['passwords-common'].map((password) => password.toLowerCase()));
const SYSTEM_NAME = 'numericalz';
const SHORTEST_NAME = 4;

/** Why a password that has the right form is still easily guessed; undefined where it is not. `practiceName` is the practice's own. */
export function guessable(password: string, practiceName: string): string | undefined {
  const lower = password.toLowerCase();
  if (COMMON.has(lower)) return 'This password is one of those that are tried first: choose another';
  const names = [SYSTEM_NAME, practiceName.toLowerCase().replaceAll(/\s+/g, '')].filter(({ length }) => length >= SHORTEST_NAME);
  return names.some((name) => lower.replaceAll(/\s+/g, '').includes(name))
    ? 'The password may not hold the practice’s name: choose another'
    : undefined;
}
