import type { IsoDate } from '../../../domain/calendar/dates';
import { addDays, daysBetween } from '../../../domain/calendar/dates';
import { FILING_DEFINITIONS } from '../../../domain/filings/definitions';
import type { FilingKind } from '../../../domain/filings/stages';
import { isFilingKind } from '../../../domain/reports/deadlineKinds';
import type { Database } from '../../database';
import { FILING_TABLES } from '../../filings/filingTables';
import { Values, allOf } from '../statement';
import type { Viewer } from '../visibility';
import { confirmationDeadlines } from './confirmationDeadlines';
import type { DeadlineFilter, ReportedDeadline, ReportFilter } from './reportFilter';
import { ASSIGNEE_COLUMNS, kindsOf, REPORT_JOINS, reportedColumns, reportedFilings } from './reportFilter';

/**
 * The deadlines from `today` (a date in London) to so many days later, met or not, and those that have passed and are not met;
 * soonest first. Cancelled filings have none. Confirmation statements are among them.
 */
export async function reportDeadlines(
  db: Database,
  viewer: Viewer,
  filter: DeadlineFilter,
  { today, days }: { today: IsoDate; days: number },
): Promise<ReportedDeadline[]> {
  const { kind, ...rest } = filter;
  const until = addDays(today, days);
  const isOfFiling = kind === undefined || isFilingKind(kind);
  const ofFilings = isOfFiling ? await filingDeadlines(db, viewer, { ...rest, kind }, { today, until }) : [];
  const isOfClient = kind === undefined || !isFilingKind(kind);
  const ofClients = isOfClient ? await confirmationDeadlines(db, viewer, rest, { today, until }) : [];
  return [...ofFilings, ...ofClients].toSorted(bySoonest).map((row) => ({ ...row, daysLeft: daysBetween(today, row.date) }));
}

type Undated = Omit<ReportedDeadline, 'daysLeft'>;

function bySoonest(a: Undated, b: Undated): number {
  return a.date.localeCompare(b.date) || a.companyName.localeCompare(b.companyName) || a.label.localeCompare(b.label);
}

async function filingDeadlines(
  db: Database,
  viewer: Viewer,
  filter: ReportFilter,
  period: { today: IsoDate; until: IsoDate },
): Promise<Undated[]> {
  const values = new Values();
  const from = values.add(period.today);
  const until = values.add(period.until);
  const selects = kindsOf(filter).flatMap((kind) => {
    const conditions = reportedFilings(kind, viewer, filter, values);
    return selectDeadlines(
      kind,
      conditions,
      (date, isMet) => `${date} <= ${until}::date AND (${date} >= ${from}::date OR NOT ${isMet})`,
    );
  });
  return (await db.pool.query<Undated>(selects.join(' UNION ALL '), values.list)).rows;
}

/** One SELECT for each deadline of a kind; `when` narrows them down by the SQL of its date and of whether it is met. */
function selectDeadlines(
  kind: FilingKind,
  conditions: readonly string[],
  when: (date: string, isMet: string) => string,
): string[] {
  const { table, deadlines, milestones } = FILING_TABLES[kind];
  return FILING_DEFINITIONS[kind].deadlines.map(({ name, label, metBy, forCorporationTax }) => {
    const date = `f.${deadlines[name]}`;
    const isMet = `(f.is_completed OR f.${milestones[metBy]}_date IS NOT NULL)`;
    const all = [
      ...conditions,
      'NOT f.is_cancelled',
      when(date, isMet),
      ...(forCorporationTax ? [`c.corporation_tax_status <> 'NOT_REQUIRED'`] : []),
    ];
    return `SELECT ${reportedColumns(kind)}, ${ASSIGNEE_COLUMNS}, '${name}' AS deadline, '${label}' AS label, ${date} AS date,
        ${isMet} AS "isMet", f.current_stage::text AS stage
      FROM ${table} f ${REPORT_JOINS} WHERE ${allOf(all)}`;
  });
}
