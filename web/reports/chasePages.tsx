import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import { ChasesSchema, EffectivenessSchema } from '../../api/reports/schemas';
import { isIsoDate } from '../../domain/calendar/dates';
import { displayInstant } from '../../domain/calendar/display';
import { londonDateOf } from '../../domain/calendar/london';
import type { ReminderKind, ReminderRecipient } from '../../domain/chasing/reminderKinds';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import type { ReminderOutcome } from '../../domain/reports/reminderOutcome';
import { CardTable } from '../components/cardTable';
import { filingPath, periodWords } from '../filings/filing';
import type { Page, PageContext } from '../pages';
import { BarTable } from '../components/barTable';
import { reportAddress, reportPage } from './reportPage';

type Chase = z.infer<typeof ChasesSchema>['items'][number];

const CHASE_LABELS: Record<ReminderKind, string> = {
  PAPERWORK_REMINDER: 'Reminder for records',
  CLIENT_REMINDER: 'Reminder of an answer',
  CHASE_NOW: 'Reminder by hand',
  ESCALATE_TO_MANAGERS: 'Escalation to managers',
  ESCALATE_TO_PARTNERS: 'Escalation to partners',
  DEADLINE_WARNING: 'Deadline warning',
  OVERDUE_ASSIGNED: 'Overdue alert',
  OVERDUE_PARTNERS: 'Overdue alert to partners',
  STUCK: 'Stuck alert',
};

const RECIPIENT_LABELS: Record<ReminderRecipient, string> = {
  CLIENT: 'Client',
  ASSIGNED: 'Assigned person',
  ASSIGNED_AND_MANAGERS: 'Assigned person and managers',
  PARTNERS: 'Partners',
};

const OUTCOME_LABELS: Record<ReminderOutcome, { word: string; tone: string }> = {
  SENT: { word: 'Sent', tone: 'filed' },
  SUPPRESSED: { word: 'Suppressed', tone: 'stage plain' },
  OUTSTANDING: { word: 'Outstanding', tone: 'soon' },
};

/** Everything that was to be sent on a day, and what became of it. */
export async function chasesPage(context: PageContext): Promise<Page> {
  const { api, query, now } = context;
  const given = query['date'];
  const date = given !== undefined && isIsoDate(given) ? given : londonDateOf(now);
  const { totals, items } = await api.get(reportAddress('chases', query, { date }), ChasesSchema);
  return await reportPage(context, {
    name: 'chases',
    more: { date },
    fields: <input type="date" name="date" value={date} aria-label="Day" />,
    body: (
      <>
        <p class="card">
          <strong>{totals.planned}</strong> planned = <strong>{totals.sent}</strong> sent + <strong>{totals.suppressed}</strong>{' '}
          suppressed + <strong>{totals.outstanding}</strong> outstanding
        </p>
        {items.length === 0 ? <p class="empty">Nothing was planned for this day.</p> : <Chases items={items} />}
      </>
    ),
  });
}

function Chases({ items }: { items: readonly Chase[] }): JSX.Element {
  return (
    <CardTable
      caption="Chases planned for the day, and how each ended"
      headings={['Client', 'Filing', 'Chase', 'To', 'Planned for', 'Ended']}
    >
      {items.map((item) => (
        <tr data-row>
          <th scope="row" data-label="Client">
            <a href={filingPath(FILING_DEFINITIONS[item.kind], item.filingId)}>{item.companyName}</a>{' '}
            <span class="code">{item.clientCode}</span>
          </th>
          <td data-label="Filing">
            {FILING_DEFINITIONS[item.kind].label} {periodWords(item.period)}
          </td>
          <td data-label="Chase">
            {CHASE_LABELS[item.reminder]}
            {item.number !== null && ` ${item.number}`}
          </td>
          <td data-label="To">{RECIPIENT_LABELS[item.recipient]}</td>
          <td data-label="Planned for">
            <time datetime={item.plannedAt.toISOString()}>{displayInstant(item.plannedAt.getTime())}</time>
          </td>
          <td data-label="Ended">
            <span class={`badge ${OUTCOME_LABELS[item.status].tone}`}>{OUTCOME_LABELS[item.status].word}</span>{' '}
            <span class="muted">
              {item.sentAt ? displayInstant(item.sentAt.getTime()) : (item.explanation ?? item.reason ?? '')}
            </span>
          </td>
        </tr>
      ))}
    </CardTable>
  );
}

/** How many reminders it takes until paperwork comes. */
export async function chaseEffectivenessPage(context: PageContext): Promise<Page> {
  const groups = await context.api.get(reportAddress('chase-effectiveness', context.query), EffectivenessSchema.array());
  return await reportPage(context, {
    name: 'chase-effectiveness',
    body:
      groups.length === 0 ? (
        <p class="empty">No filing has waited for records yet.</p>
      ) : (
        <BarTable
          caption="Filings by the reminders that they took until records came, or have taken so far"
          headings={['Kind', 'Records', 'Reminders', 'Filings', 'Median days after the period']}
          rows={groups.map(({ kind, paperwork, reminders, filings, medianDays }) => ({
            label: FILING_DEFINITIONS[kind].title,
            cells: [paperwork === 'RECEIVED' ? 'came' : 'are waited for', reminders, filings, medianDays ?? '–'],
            length: filings,
          }))}
        />
      ),
  });
}
