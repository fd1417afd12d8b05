import type { PlannedReminder } from '../domain/chasing/reminderKinds';
import type { FilingDefinition } from '../domain/filings/definition';

const ORDINAL_SUFFIXES: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };
const ordinals = new Intl.PluralRules('en-GB', { type: 'ordinal' });

function ordinal(n: number): string {
  return `${n}${ORDINAL_SUFFIXES[ordinals.select(n)] ?? 'th'}`;
}

/** What a planned row will do, in one line: the summary of its timer. */
export function describeReminder(definition: FilingDefinition, { kind, number, deadline }: PlannedReminder): string {
  switch (kind) {
    case 'PAPERWORK_REMINDER':
      return `${ordinal(number ?? 1)} chase reminder to client`;
    case 'CLIENT_REMINDER':
      return `${ordinal(number ?? 1)} reminder to client to answer`;
    case 'CHASE_NOW':
      return 'Reminder to client, asked for by hand';
    case 'ESCALATE_TO_MANAGERS':
      return 'Tell managers that the client does not answer';
    case 'ESCALATE_TO_PARTNERS':
      return 'Tell partners that no records have come';
    case 'DEADLINE_WARNING':
      return `${definition.deadlines.find(({ name }) => name === deadline)?.label ?? 'Deadline'} deadline warning`;
    case 'OVERDUE_ASSIGNED':
    case 'OVERDUE_PARTNERS':
      return 'Overdue alert';
    default:
      return 'Alert: the filing has not moved';
  }
}
