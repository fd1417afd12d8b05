import { OverdueSchema } from '../../api/reports/schemas';
import { displayDate } from '../../domain/calendar/display';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { WAITING_FOR_LABELS } from '../../domain/filings/labels';
import { days, StageBadge } from '../components/badges';
import { CardTable } from '../components/cardTable';
import { filingPath, periodWords } from '../filings/filing';
import type { Page, PageContext } from '../pages';
import { reportAddress, reportPage } from './reportPage';

/** Whatever should have been filed by now, the longest overdue first. */
export async function overduePage(context: PageContext): Promise<Page> {
  const filings = await context.api.get(reportAddress('overdue', context.query), OverdueSchema.array());
  return await reportPage(context, {
    name: 'overdue',
    body:
      filings.length === 0 ? (
        <p class="empty">Nothing is overdue.</p>
      ) : (
        <CardTable
          caption="Overdue filings, the longest overdue first"
          headings={['Client', 'Filing', 'Stage', 'Waits for', 'Assigned', 'Reminders', 'Due']}
        >
          {filings.map((filing) => (
            <tr data-row>
              <th scope="row" data-label="Client">
                <a href={filingPath(FILING_DEFINITIONS[filing.kind], filing.filingId)}>{filing.companyName}</a>{' '}
                <span class="code">{filing.clientCode}</span>
              </th>
              <td data-label="Filing">
                {FILING_DEFINITIONS[filing.kind].label} {periodWords(filing.period)}
              </td>
              <td data-label="Stage">
                <StageBadge stage={filing.stage} /> <span class="muted">{days(filing.daysInStage)}</span>
              </td>
              <td data-label="Waits for">{WAITING_FOR_LABELS[filing.waitingFor]}</td>
              <td data-label="Assigned">{filing.assignedUserName ?? <span class="muted">Nobody</span>}</td>
              <td data-label="Reminders" class="number">
                {filing.remindersSent}
              </td>
              <td data-label="Due">
                <time datetime={filing.dueDate}>{displayDate(filing.dueDate)}</time>{' '}
                <span class="badge due overdue">{days(filing.daysOverdue)} overdue</span>
              </td>
            </tr>
          ))}
        </CardTable>
      ),
  });
}
