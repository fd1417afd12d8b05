import type { z } from '@hono/zod-openapi';
import { fieldInWords } from '../domain/clients/filterWords';

type Issue = z.core.$ZodRawIssue;

/** What is wrong with a field, as a sentence that names it; where its schema has words of its own, those are told. */
export function issueWords(issue: Issue): string | undefined {
  const wanted = wantedWords(issue);
  const path = issue.path ?? [];
  return wanted === undefined || path.length === 0 ? undefined : `${pathWords(path)} ${wanted}`;
}

/** `closer.0.everyDays` is `Closer, entry 1, every days`. */
function pathWords(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => {
      const words = typeof part === 'number' ? `entry ${part + 1}` : fieldInWords(String(part));
      return index === 0 ? words : words.charAt(0).toLowerCase() + words.slice(1);
    })
    .join(', ');
}

const TYPES: Partial<Record<string, string>> = {
  string: 'must be a text',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must be an object',
  record: 'must be an object',
  date: 'must be a date',
};

function wantedWords(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'must be given' : TYPES[issue.expected];
    case 'invalid_value':
      return issue.values.length === 1 ? `must be ${String(issue.values[0])}` : `must be one of ${issue.values.join(', ')}`;
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum));
    case 'too_big':
      return tooBig(issue.origin, Number(issue.maximum));
    default:
      return undefined;
  }
}

function tooSmall(origin: string, minimum: number): string {
  if (origin === 'string') return minimum === 1 ? 'must not be empty' : `must have ${minimum} characters or more`;
  if (origin === 'array') return minimum === 1 ? 'must name at least one' : `must have ${minimum} entries or more`;
  return `must be ${minimum} or more`;
}

function tooBig(origin: string, maximum: number): string {
  if (origin === 'string') return `must have ${maximum} characters or fewer`;
  if (origin === 'array') return `must have ${maximum} entries or fewer`;
  return `must be ${maximum} or less`;
}
