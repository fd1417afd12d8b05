import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import type { FilingCountsSchema } from '../../api/filings/schemas';
import { FilingSchema } from '../../api/filings/schemas';
import type { FilingDefinition } from '../../domain/filings/definition';
import { STAGE_LABELS } from '../../domain/filings/labels';
import { address } from '../addresses';
import { days, Due } from '../components/badges';
import type { PageContext, VisitorContext } from '../pages';
import type { Filing } from './filing';
import { filingPath, periodName } from './filing';
import { NextStep } from './filingTable';
import { changed, rowsAddress } from './listQuery';

/** So many cards of a stage are shown, the soonest due first. */
const CARDS = 12;

interface BoardProps {
  definition: FilingDefinition;
  context: PageContext;
  counts: z.infer<typeof FilingCountsSchema>;
}

/** The filings of a list by stage: one column each, under the same filters. */
export async function readBoard(definition: FilingDefinition, context: VisitorContext): Promise<Map<string, Filing[]>> {
  const { page: _page, stage: only, ...query } = context.query;
  const stages = definition.stages.map(({ stage }) => stage).filter((stage) => only === undefined || stage === only);
  const columns = await Promise.all(
    stages.map(async (stage) => {
      const { rows } = await context.api.list(rowsAddress(definition.route, { ...query, stage }, CARDS), FilingSchema);
      return [stage, rows] as const;
    }),
  );
  return new Map(columns);
}

export function Board({ definition, context, counts, columns }: BoardProps & { columns: Map<string, Filing[]> }): JSX.Element {
  const path = `/${definition.route}`;
  const shown = definition.stages.filter(({ stage }) => columns.has(stage));
  return (
    <div class="board" tabindex={0} role="region" aria-label="Board by stage">
      {shown.map(({ stage }) => {
        const filings = columns.get(stage) ?? [];
        const count = counts.byStage.find((entry) => entry.stage === stage)?.count ?? 0;
        return (
          <section aria-labelledby={`column-${stage}`} class={filings.length === 0 ? 'none' : undefined}>
            <h2 id={`column-${stage}`}>
              {STAGE_LABELS[stage]} <span class="count">{count}</span>
            </h2>
            {filings.map((filing) => (
              <Card definition={definition} filing={filing} context={context} />
            ))}
            {count > filings.length && (
              <a href={address(path, changed(context.query, { view: undefined, stage }))}>All {count}</a>
            )}
          </section>
        );
      })}
    </div>
  );
}

function Card({
  definition,
  filing,
  context,
}: {
  definition: FilingDefinition;
  filing: Filing;
  context: PageContext;
}): JSX.Element {
  const path = filingPath(definition, filing.id);
  return (
    <article data-row={path} data-filing={filing.id}>
      <a href={path}>{filing.client.companyName}</a> <span class="code">{filing.client.clientCode}</span>
      <p class="muted">
        {periodName(filing)} · {days(filing.daysInStage)} in stage
      </p>
      <p>
        <Due filing={filing} />
      </p>
      <p class="foot">
        <span>{filing.assignedUser?.name ?? <span class="muted">Nobody</span>}</span>
        <NextStep definition={definition} filing={filing} context={context} />
      </p>
    </article>
  );
}
