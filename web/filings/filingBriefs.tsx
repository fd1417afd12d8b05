import type { JSX } from 'hono/jsx/jsx-runtime';
import { days, DueBadge, StageBadge } from '../components/badges';
import { filingPath, periodName } from './filing';
import type { KindOfFiling } from './filingTable';

interface FilingBriefsProps {
  rows: readonly KindOfFiling[];
  /** Whether each says how long it has been in its stage. */
  showDays?: boolean | undefined;
}

/** Filings in brief, one line each. */
export function FilingBriefs({ rows, showDays }: FilingBriefsProps): JSX.Element {
  return (
    <ul class="briefs">
      {rows.map(({ definition, filing }) => (
        <li>
          <span>
            <a href={filingPath(definition, filing.id)}>{filing.client.companyName}</a>{' '}
            <span class="muted">
              {definition.label} {periodName(filing)}
            </span>
          </span>{' '}
          <span class="group">
            <StageBadge stage={filing.currentStage} /> {showDays && <span class="muted">for {days(filing.daysInStage)}</span>}{' '}
            <DueBadge filing={filing} />
          </span>
        </li>
      ))}
    </ul>
  );
}
