import { StageCountSchema, TimeInStageSchema, WorkloadSchema } from '../../api/reports/schemas';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { stageLabel } from '../../domain/filings/labels';
import { FILING_KINDS } from '../../domain/filings/stages';
import { address } from '../addresses';
import type { Page, PageContext } from '../pages';
import { BarTable } from '../components/barTable';
import { reportAddress, reportPage } from './reportPage';

/** Who has how much to do. */
export async function workloadPage(context: PageContext): Promise<Page> {
  const workload = await context.api.get(reportAddress('workload', context.query), WorkloadSchema.array());
  return await reportPage(context, {
    name: 'workload',
    body: FILING_KINDS.map((kind) => {
      const rows = workload.filter((row) => row.kind === kind).toSorted((a, b) => b.count - a.count);
      const { route, title } = FILING_DEFINITIONS[kind];
      return (
        <section class="card" aria-label={title}>
          <h2>{title}</h2>
          {rows.length === 0 ? (
            <p class="muted">Nobody has any that are open.</p>
          ) : (
            <BarTable
              caption={`Open ${title} of each person`}
              headings={['Person', 'Open', 'Overdue']}
              rows={rows.map(({ userId, name, count, overdue }) => ({
                label: <a href={address(`/${route}`, { assignedUserId: userId ?? 'none' })}>{name ?? 'Nobody'}</a>,
                cells: [count, overdue],
                length: count,
                red: overdue,
              }))}
            />
          )}
        </section>
      );
    }),
  });
}

/** Where the open filings are. */
export async function stagesPage(context: PageContext): Promise<Page> {
  const stages = await context.api.get(reportAddress('stages', context.query), StageCountSchema.array());
  return await reportPage(context, {
    name: 'stages',
    body: FILING_KINDS.map((kind) => {
      const rows = stages.filter((row) => row.kind === kind);
      const { route, title } = FILING_DEFINITIONS[kind];
      return (
        <section class="card" aria-label={title}>
          <h2>{title}</h2>
          {rows.length === 0 ? (
            <p class="muted">None is open.</p>
          ) : (
            <BarTable
              caption={`Open ${title} in each stage`}
              headings={['Stage', 'Open', 'Overdue']}
              rows={rows.map(({ stage, count, overdue }) => ({
                label: <a href={address(`/${route}`, { stage })}>{stageLabel(stage)}</a>,
                cells: [count, overdue],
                length: count,
                red: overdue,
              }))}
            />
          )}
        </section>
      );
    }),
  });
}

/** How long filings stay in each stage before they move on. */
export async function timeInStagePage(context: PageContext): Promise<Page> {
  const rows = await context.api.get(reportAddress('time-in-stage', context.query), TimeInStageSchema.array());
  return await reportPage(context, {
    name: 'time-in-stage',
    body: FILING_KINDS.map((kind) => {
      const ofKind = rows.filter((row) => row.kind === kind);
      const { title } = FILING_DEFINITIONS[kind];
      return (
        <section class="card" aria-label={title}>
          <h2>{title}</h2>
          {ofKind.length === 0 ? (
            <p class="muted">Nothing has moved yet.</p>
          ) : (
            <BarTable
              caption={`Days that ${title} stayed in each stage, of all moves and by who made them`}
              headings={['Stage', 'Moved by', 'Moves', 'Median days', '90th percentile']}
              rows={ofKind.map(({ stage, userName, moves, medianDays, percentile90Days }) => ({
                label: stageLabel(stage),
                cells: [userName ?? 'Everybody', moves, medianDays, percentile90Days],
                length: medianDays,
              }))}
            />
          )}
        </section>
      );
    }),
  });
}
