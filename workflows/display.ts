import { formatDate } from '../domain/calendar/dates';
import { londonDateOf } from '../domain/calendar/london';
import type { FilingState } from '../domain/filings/state';
import { dueDate, isPaused, waitingFor } from '../domain/filings/state';
import type { Filing } from './filing';

const WAITING: Record<ReturnType<typeof waitingFor>, string> = {
  PERIOD_END: 'the period to end',
  CLIENT: 'the client',
  STAFF: 'staff',
  MANAGER: 'a manager',
  PARTNER: 'a partner',
  NOBODY: 'nobody: it has ended',
};

/** The details of a filing in the Temporal UI, in Markdown; `now` is epoch ms. */
export function currentDetails(filing: Filing, now: number): string {
  const { definition, state, lastMoves } = filing;
  const next = filing.nextWake(now);
  const subject = `${state.clientName ?? state.clientCode} · ${definition.label} ${state.period}`;
  const lines = [
    `**${subject}**`,
    '',
    `- Stage: **${state.stage}**, since ${formatDate(londonDateOf(state.stageEnteredAt))}`,
    `- Waits for ${WAITING[waitingFor(definition, state, now)]}`,
    `- Due ${formatDate(dueDate(definition, state.dates, state.milestones))}`,
    `- Assigned to ${state.assignee?.name ?? 'nobody'}`,
    `- Reminders sent: ${state.chase.remindersSent}`,
    ...(isPaused(state, londonDateOf(now)) ? [`- Chasing is paused${pausedUntil(state)}`] : []),
    `- Next: ${next ? `${next.action}, ${londonTime(next.at)}` : 'nothing'}`,
    '',
    ...(lastMoves.length > 0 ? ['Last moves', ''] : []),
    ...lastMoves.map((move) => `- ${londonTime(move.at)}: ${move.from} → ${move.to} by ${move.by}`),
  ];
  return lines.join('\n');
}

function pausedUntil({ paused }: FilingState): string {
  return paused?.until ? ` until ${formatDate(paused.until)}` : '';
}

/** Made once: a format costs far more to make than to use, and every move shows six times. */
const LONDON_TIME = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', dateStyle: 'medium', timeStyle: 'short' });

function londonTime(instant: string | number): string {
  return LONDON_TIME.format(new Date(instant));
}
