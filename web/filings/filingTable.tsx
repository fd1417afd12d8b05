import type { JSX } from 'hono/jsx/jsx-runtime';
import { displayDateOf } from '../../domain/calendar/display';
import type { FilingDefinition } from '../../domain/filings/definition';
import { stageLabel, WAITING_FOR_LABELS } from '../../domain/filings/labels';
import { needsFullForm, nextStep } from '../../domain/filings/nextStep';
import { days, Due, StageBadge } from '../components/badges';
import type { Sorting } from '../components/cardTable';
import { CardTable, HiddenHeading, SelectHeading, SortHeading } from '../components/cardTable';
import { Csrf } from '../layout';
import type { PageContext } from '../pages';
import type { Filing } from './filing';
import { filingPath, periodEnd, periodName } from './filing';

/** A filing beside the kind that it is of. */
export interface KindOfFiling {
  definition: FilingDefinition;
  filing: Filing;
}

interface FilingTableProps {
  rows: readonly KindOfFiling[];
  context: PageContext;
  /** Says what the table holds, for screen readers. */
  caption: string;
  /** Whether each row says of which kind it is. */
  showKind?: boolean;
  /** The id of the form that the rows are selected for, where there is one. */
  selectFor?: string;
  /** How the list is sorted, where it can be sorted otherwise. */
  sorting?: Sorting;
}

const COLUMNS = [
  { label: 'Client', sortBy: 'companyName' },
  { label: 'Period', sortBy: 'periodEnd' },
  { label: 'Stage', sortBy: 'currentStage' },
  { label: 'Waits for' },
  { label: 'Assigned', sortBy: 'assignedUser' },
  { label: 'Next reminder', sortBy: 'nextReminderAt' },
  { label: 'Due', sortBy: 'filingDueDate' },
];

/** Filings as a table; on a narrow screen each row becomes a card. */
export function FilingTable(props: FilingTableProps): JSX.Element {
  const { rows, caption, selectFor, sorting } = props;
  return (
    <CardTable
      caption={caption}
      headings={[
        selectFor !== undefined && <SelectHeading />,
        ...COLUMNS.map((column) => <SortHeading column={column} sorting={sorting} />),
        <HiddenHeading>Next step</HiddenHeading>,
      ]}
    >
      {rows.map((row) => (
        <Row {...props} row={row} />
      ))}
    </CardTable>
  );
}

function Row({
  row: { definition, filing },
  context,
  showKind,
  selectFor,
}: FilingTableProps & { row: KindOfFiling }): JSX.Element {
  const path = filingPath(definition, filing.id);
  const { client } = filing;
  return (
    <tr data-row={path} data-filing={filing.id}>
      {selectFor && (
        <td class="select">
          <input
            type="checkbox"
            name="ids"
            id={`select-${filing.id}`}
            value={filing.id}
            form={selectFor}
            aria-label={`Select ${client.companyName} ${periodName(filing)}`}
          />
        </td>
      )}
      <th scope="row" data-label="Client">
        <a href={path}>{client.companyName}</a> <span class="code below">{client.clientCode}</span>
      </th>
      <td data-label="Period" class="short">
        {showKind && `${definition.label} `}
        {filing.quarterPeriod ?? 'Year'} <span class="muted below">to {periodEnd(filing)}</span>
      </td>
      <td data-label="Stage" class="short">
        <StageBadge stage={filing.currentStage} /> <span class="muted below">for {days(filing.daysInStage)}</span>
      </td>
      <td data-label="Waits for" class="short">
        {WAITING_FOR_LABELS[filing.waitingFor]}
      </td>
      <td data-label="Assigned" class="short">
        {filing.assignedUser?.name ?? <span class="muted">Nobody</span>}
      </td>
      <td data-label="Next reminder" class="short">
        {nextReminder(filing)}
      </td>
      <td data-label="Due" class="due-cell">
        <Due filing={filing} />
      </td>
      <td class="next">
        <NextStep definition={definition} filing={filing} context={context} />
      </td>
    </tr>
  );
}

function nextReminder({ isChasingPaused, nextReminderAt }: Filing): string {
  if (isChasingPaused) return 'Paused';
  return nextReminderAt ? displayDateOf(nextReminderAt.getTime()) : '–';
}

/** For the part of a page whose rows have a next step: the forms of all of them show what comes of it there. */
export const SHOWN_HERE = {
  'hx-target:inherited': '#results',
  'hx-select:inherited': '#results',
  'hx-select-oob:inherited': '#flash',
  'hx-swap:inherited': 'outerMorph',
};

/** The one click that usually comes next, within what is SHOWN_HERE; one that the client notices, or that files, leads to the filing. */
export function NextStep({ definition, filing, context }: KindOfFiling & { context: PageContext }): JSX.Element | null {
  const stage = definition.stages.find((candidate) => candidate.stage === filing.currentStage)?.stage;
  const isOpen = !filing.isCompleted && !filing.isCancelled;
  const next = stage && isOpen ? nextStep(definition, stage, context.me.role) : undefined;
  if (stage === undefined || next === undefined) return null;
  if (needsFullForm(definition, stage, next)) {
    return (
      <a class="button small" href={filingPath(definition, filing.id)} data-next-step>
        {stageLabel(next)}…
      </a>
    );
  }
  return (
    <form
      method="post"
      action={`${filingPath(definition, filing.id)}/move`}
      hx-post={`${filingPath(definition, filing.id)}/move`}
    >
      <Csrf token={context.csrf} />
      <input type="hidden" name="stage" value={next} />
      <input type="hidden" name="expectedStage" value={filing.currentStage} />
      <input type="hidden" name="back" value={context.here} />
      <button
        class="small"
        data-next-step
        aria-label={`Move ${filing.client.companyName} ${periodName(filing)} to ${stageLabel(next)}`}
      >
        {stageLabel(next)}
      </button>
    </form>
  );
}
