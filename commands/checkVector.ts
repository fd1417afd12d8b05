import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { VECTOR_RULES } from './vectorRules';

const Vector = z.object({ rule: z.string(), input: z.unknown(), expected: z.unknown() });

/** Applies a vector's rule to its input: null when what is expected comes out, else one line that says what did. */
export function checkVector(vector: unknown): string | null {
  const parsed = Vector.safeParse(vector);
  if (!parsed.success) return `not a vector with rule, input and expected: ${JSON.stringify(vector)}`;
  const { rule, input, expected } = parsed.data;
  const describe = (got: string): string =>
    `${rule} input ${JSON.stringify(input)} expected ${JSON.stringify(expected)} got ${got}`;
  const apply = Object.hasOwn(VECTOR_RULES, rule) ? VECTOR_RULES[rule] : undefined;
  if (!apply) return describe('no such rule');
  try {
    const got = apply(input);
    return matches(expected, got) ? null : describe(JSON.stringify(got) ?? 'nothing');
  } catch (error) {
    return describe(`error: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Objects match in the keys that are expected; lists must be of equal length; everything else must be equal. */
function matches(expected: unknown, got: unknown): boolean {
  if (Array.isArray(expected)) {
    return Array.isArray(got) && got.length === expected.length && expected.every((item, index) => matches(item, got[index]));
  }
  if (typeof expected !== 'object' || expected === null) return isDeepStrictEqual(expected, got);
  if (typeof got !== 'object' || got === null || Array.isArray(got)) return false;
  const values = new Map<string, unknown>(Object.entries(got));
  return Object.entries(expected).every(([key, value]) => matches(value, values.get(key)));
}
