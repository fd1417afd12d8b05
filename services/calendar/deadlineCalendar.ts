import ICAL from 'ical.js';
import type { IsoDate } from '../../domain/calendar/dates';
import { addDays } from '../../domain/calendar/dates';
import { filingSubject } from '../../domain/filings/definitions';
import type { DeadlineKind } from '../../domain/reports/deadlineKinds';
import { isFilingKind } from '../../domain/reports/deadlineKinds';

/** A deadline as a calendar shows it. */
export interface CalendarDeadline {
  /** Null where no filing follows it: it is the client's. */
  filingId: string | null;
  clientId: string;
  kind: DeadlineKind;
  period: string;
  clientCode: string;
  companyName: string;
  deadline: string;
  label: string;
  date: IsoDate;
  stage: string | null;
  assignedUserName: string | null;
}

const PRODUCT = '-//Numericalz//Deadlines//EN';
const REFRESH = 'PT1H';

/** Deadlines as an iCalendar file (RFC 5545): all-day events, which are the same date wherever the calendar is looked at. `now` is epoch ms. */
export function deadlineCalendar(name: string, deadlines: readonly CalendarDeadline[], now: number): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.updatePropertyWithValue('version', '2.0');
  calendar.updatePropertyWithValue('prodid', PRODUCT);
  calendar.updatePropertyWithValue('method', 'PUBLISH');
  calendar.updatePropertyWithValue('x-wr-calname', name);
  calendar.updatePropertyWithValue('x-published-ttl', REFRESH);
  const stamp = ICAL.Time.fromJSDate(new Date(now), true);
  for (const deadline of deadlines) calendar.addSubcomponent(eventOf(deadline, stamp));
  return calendar.toString();
}

function eventOf({ filingId, clientId, deadline, ...row }: CalendarDeadline, stamp: ICAL.Time): ICAL.Component {
  const component = new ICAL.Component('vevent');
  const event = new ICAL.Event(component);
  event.uid = `${filingId ?? clientId}-${deadline}@numericalz`;
  event.startDate = ICAL.Time.fromDateString(row.date);
  event.endDate = ICAL.Time.fromDateString(addDays(row.date, 1));
  event.summary = `${row.companyName}: ${row.label} due`;
  const subject = isFilingKind(row.kind) ? filingSubject(row.kind, row) : `${row.label} to ${row.period} of ${row.clientCode}`;
  const stage = row.stage === null ? [] : [`Stage: ${row.stage}`];
  event.description = [subject, ...stage, `Assigned to ${row.assignedUserName ?? 'nobody'}`].join('\n');
  component.updatePropertyWithValue('dtstamp', stamp);
  component.updatePropertyWithValue('transp', 'TRANSPARENT');
  return component;
}
