import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import { UserSchema } from '../../api/users/schemas';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { address } from '../addresses';
import { Choice } from '../components/fields';
import type { Page, PageContext } from '../pages';

/** The reports, in the order in which they are listed. */
const REPORTS = [
  { name: 'deadlines', label: 'Deadlines' },
  { name: 'overdue', label: 'Overdue' },
  { name: 'workload', label: 'Workload' },
  { name: 'stages', label: 'Stages' },
  { name: 'time-in-stage', label: 'Time in stage' },
  { name: 'chases', label: 'Chases of a day' },
  { name: 'chase-effectiveness', label: 'What chasing brings' },
] as const;
export type ReportName = (typeof REPORTS)[number]['name'];

interface Option {
  value: string;
  label: string;
}

interface ReportPage {
  name: ReportName;
  /** What the page's query adds to the filters of every report, for the API and the CSV file. */
  more?: Record<string, string | undefined>;
  /** Fields of the filter form besides kind and person. */
  fields?: Child;
  /** What this report alone can be narrowed down to. */
  kinds?: readonly Option[];
  body: Child;
}

/** A report with its neighbours, its filters and the way to its CSV file. */
export async function reportPage(context: PageContext, { name, more = {}, fields, kinds = [], body }: ReportPage): Promise<Page> {
  const { api, query } = context;
  const people = await api.get('/users', UserSchema.array());
  const title = REPORTS.find((report) => report.name === name)?.label ?? name;
  return {
    title,
    body: (
      <>
        <div class="heading">
          <h1>{title}</h1>
          <a class="button small" href={`/api/v1${reportAddress(`${name}.csv`, query, more)}`} download={`${name}.csv`}>
            Save as CSV
          </a>
        </div>
        <nav class="tabs" aria-label="Reports">
          {REPORTS.map((report) => (
            <a
              href={address(`/reports/${report.name}`, sharedFiltersOf(query, kinds))}
              aria-current={report.name === name ? 'page' : undefined}
            >
              {report.label}
            </a>
          ))}
        </nav>
        <Filters name={name} query={query} people={people} kinds={kinds}>
          {fields}
        </Filters>
        {body}
      </>
    ),
  };
}

/** The API's address of a report, narrowed down as the page is. */
export function reportAddress(
  report: string,
  query: Record<string, string>,
  more: Record<string, string | number | undefined> = {},
): string {
  return address(`/reports/${report}`, { ...filtersOf(query), ...more });
}

function filtersOf({ kind, assignedUserId }: Record<string, string>): Record<string, string | undefined> {
  return { kind, assignedUserId };
}

/** What the other reports can be narrowed down to as well. */
function sharedFiltersOf(query: Record<string, string>, kinds: readonly Option[]): Record<string, string | undefined> {
  const { kind, ...filters } = filtersOf(query);
  return kinds.some(({ value }) => value === kind) ? filters : { kind, ...filters };
}

interface FiltersProps {
  name: ReportName;
  query: Record<string, string>;
  people: readonly z.infer<typeof UserSchema>[];
  kinds: readonly Option[];
  children: Child;
}

function Filters({ name, query, people, kinds, children }: FiltersProps): JSX.Element {
  return (
    <form class="filters" action={`/reports/${name}`} role="search" aria-label="Narrow down the report">
      {children}
      <Choice
        name="kind"
        label="Kind"
        none="Every kind"
        value={query['kind']}
        options={[...Object.values(FILING_DEFINITIONS).map(({ route, title }) => ({ value: route, label: title })), ...kinds]}
      />
      <Choice
        name="assignedUserId"
        label="Assigned to"
        none="Everybody"
        value={query['assignedUserId']}
        options={people.filter(({ isActive }) => isActive).map(({ id, name: person }) => ({ value: id, label: person }))}
      />
      <button>Show</button>
    </form>
  );
}
