import type { JSX } from 'hono/jsx/jsx-runtime';
import { z } from '@hono/zod-openapi';
import type { ActivitySchema } from '../../api/logs/routes';
import { displayInstant } from '../../domain/calendar/display';
import { stageLabel } from '../../domain/filings/labels';
import { periodWords } from '../filings/filing';

type Entry = z.infer<typeof ActivitySchema>;

const StageChange = z.object({ before: z.object({ stage: z.string() }), after: z.object({ stage: z.string() }) });
const Period = z.object({ period: z.string() });

/** What was done, by whom and when, the last first. */
export function ActivityFeed({ entries }: { entries: readonly Entry[] }): JSX.Element {
  return (
    <ul class="feed">
      {entries.map((entry) => (
        <li>
          <span>
            {actionWords(entry.action)} <span class="muted">{detailWords(entry.details)}</span>
          </span>
          <span class="muted">
            {entry.user?.name ?? 'system'}, {displayInstant(entry.timestamp.getTime())}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The code of an action in words: FILING_STAGE_CHANGED becomes `Filing stage changed`. */
export function actionWords(action: string): string {
  const words = action.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What an entry of the activity log is about: the period of a filing, and its stages. */
export function detailWords(details: Entry['details']): string {
  const period = Period.safeParse(details);
  const change = StageChange.safeParse(details);
  return [
    period.success ? periodWords(period.data.period) : '',
    change.success ? `${stageLabel(change.data.before.stage)} to ${stageLabel(change.data.after.stage)}` : '',
  ]
    .filter(Boolean)
    .join(': ');
}
