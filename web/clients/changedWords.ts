import { z } from '@hono/zod-openapi';
import { isIsoDate } from '../../domain/calendar/dates';
import { displayDate } from '../../domain/calendar/display';
import { fieldInWords, FILTER_FIELD_PARTS } from '../../domain/clients/filterWords';
import { stageLabel } from '../../domain/filings/labels';

/** Names of people by their ids. */
export type Names = ReadonlyMap<string, string>;

const LABELS = new Map(FILTER_FIELD_PARTS.flatMap(({ fields }) => fields.map(({ field, label }) => [plainName(field), label])));

/** What the log says of filings and people: a filing's assignee is not the client's. */
const OTHER_LABELS = new Map([
  ['assignedUserId', 'Assigned to'],
  ['stage', 'Stage'],
  ['isActive', 'Active'],
]);

const Fields = z.record(z.string(), z.unknown());
const Changed = z.object({ before: Fields.nullish(), after: Fields });

/** A longer text is clipped: the log tells that it changed, not all that it says. */
const CLIPPED_AT = 160;

/** What was changed, field by field: `E-mail: a@example.com → b@example.com`; of what is new, what it begins with. */
export function changedWords(details: unknown, names: Names): string[] {
  const changed = Changed.safeParse(details);
  if (!changed.success) return [];
  const { before, after } = changed.data;
  return Object.entries(after).flatMap(([name, value]) =>
    fieldWords(name, before ? (before[name] ?? null) : undefined, value, names),
  );
}

function fieldWords(name: string, before: unknown, after: unknown, names: Names): string[] {
  const known = OTHER_LABELS.get(name) ?? LABELS.get(plainName(name));
  const parts = Fields.safeParse(after);
  if (known === undefined && parts.success) {
    const old = Fields.safeParse(before);
    return Object.entries(parts.data).flatMap(([part, value]) => {
      const was = old.success ? (old.data[part] ?? null) : before;
      return JSON.stringify(was) === JSON.stringify(value) ? [] : fieldWords(part, was, value, names);
    });
  }
  const label = known ?? fieldInWords(name);
  const show = (value: unknown): string =>
    clipped(name === 'stage' && typeof value === 'string' ? stageLabel(value) : shown(value, names));
  if (before !== undefined) return [`${label}: ${show(before)} → ${show(after)}`];
  return shown(after, names) === 'nothing' ? [] : [`${label}: ${show(after)}`];
}

/** The log names columns, lists name fields: contact_email is contactEmail. */
function plainName(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

function clipped(text: string): string {
  return text.length > CLIPPED_AT ? `${text.slice(0, CLIPPED_AT)}…` : text;
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
