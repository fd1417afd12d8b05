import { z } from '@hono/zod-openapi';
import { isIsoDate } from '../../domain/calendar/dates';
import { displayDate } from '../../domain/calendar/display';
import { FILTER_FIELD_PARTS } from '../../domain/clients/filterWords';

/** Names of people by their ids. */
export type Names = ReadonlyMap<string, string>;

const LABELS = new Map(FILTER_FIELD_PARTS.flatMap(({ fields }) => fields.map(({ field, label }) => [plainName(field), label])));

/** What the log says of filings: their assignee is not the client's. */
const FILING_LABELS = new Map([['assignedUserId', 'Assigned to']]);

const Fields = z.record(z.string(), z.unknown());
const Changed = z.object({ before: Fields, after: Fields });

/** What was changed about a client, field by field: `E-mail: a@example.com → b@example.com`. */
export function changedWords(details: unknown, names: Names): string[] {
  const changed = Changed.safeParse(details);
  if (!changed.success) return [];
  const { before, after } = changed.data;
  return Object.entries(after).flatMap(([name, value]) => {
    const label = FILING_LABELS.get(name) ?? LABELS.get(plainName(name));
    return label === undefined ? [] : [`${label}: ${shown(before[name], names)} → ${shown(value, names)}`];
  });
}

/** The log names columns, lists name fields: contact_email is contactEmail. */
function plainName(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

function shown(value: unknown, names: Names): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return isIsoDate(value) ? displayDate(value) : (names.get(value) ?? value);
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    return value.length === 0 ? 'nothing' : value.map((item) => shown(item, names)).join(', ');
  }
  return typeof value === 'number' ? String(value) : 'another one';
}
