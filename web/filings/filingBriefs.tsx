import type { JSX } from 'hono/jsx/jsx-runtime';
import { DueBadge, StageBadge } from '../components/badges';
import { filingPath, periodName } from './filing';
import type { KindOfFiling } from './filingTable';

/** Filings in brief, one line each. */
export function FilingBriefs({ rows }: { rows: readonly KindOfFiling[] }): JSX.Element {
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
            <StageBadge stage={filing.currentStage} /> <DueBadge filing={filing} />
          </span>
        </li>
      ))}
    </ul>
  );
}
