import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import type { FilingSchema } from '../../api/filings/schemas';
import { displayDate } from '../../domain/calendar/display';
import { stageLabel } from '../../domain/filings/labels';
import { urgencyOf } from '../../domain/filings/urgency';

type Filing = z.infer<typeof FilingSchema>;

const STAGE_TONES: Record<string, string> = {
  PAPERWORK_RECEIVED: 'received',
  WORK_IN_PROGRESS: 'working',
  REVIEW_PENDING_MANAGER: 'review',
  REVIEW_PENDING_PARTNER: 'review',
  EMAILED_TO_PARTNER: 'review',
  MANAGER_DISCUSSION: 'review',
  PARTNER_REVIEW: 'review',
  CLIENT_APPROVED: 'approved',
  REVIEW_COMPLETED: 'approved',
  PARTNER_APPROVED: 'approved',
  FILED_TO_HMRC: 'filed',
  FILED: 'filed',
};

/** A stage by its name and tone; what waits for the client is plain. */
export function StageBadge({ stage }: { stage: string }): JSX.Element {
  return <span class={`badge stage ${STAGE_TONES[stage] ?? 'plain'}`}>{stageLabel(stage)}</span>;
}

/** How pressing a filing is, in colour and word. */
export function DueBadge({ filing }: { filing: Pick<Filing, 'isCompleted' | 'isCancelled' | 'daysLeft'> }): JSX.Element {
  const urgency = urgencyOf(filing);
  return <span class={`badge due ${urgency.toLowerCase()}`}>{dueWords(urgency, filing.daysLeft ?? 0)}</span>;
}

/** The due date with how pressing it is. */
export function Due({
  filing,
}: {
  filing: Pick<Filing, 'filingDueDate' | 'isCompleted' | 'isCancelled' | 'daysLeft'>;
}): JSX.Element {
  return (
    <>
      <time datetime={filing.filingDueDate}>{displayDate(filing.filingDueDate)}</time>{' '}
      <span class="below">
        <DueBadge filing={filing} />
      </span>
    </>
  );
}

function dueWords(urgency: ReturnType<typeof urgencyOf>, daysLeft: number): string {
  switch (urgency) {
    case 'FILED':
      return 'Filed';
    case 'CANCELLED':
      return 'Cancelled';
    case 'OVERDUE':
      return `${days(-daysLeft)} overdue`;
    default:
      return daysLeft === 0 ? 'Due today' : `${days(daysLeft)} left`;
  }
}

/** A count of days in words. */
export function days(count: number): string {
  return `${count} day${count === 1 ? '' : 's'}`;
}
