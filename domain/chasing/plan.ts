import type { IsoDate } from '../calendar/dates';
import { addDays, daysBetween } from '../calendar/dates';
import { londonDateOf } from '../calendar/london';
import { addWorkingDays, onOrAfter, onOrBefore } from '../calendar/workingDays';
import type { FilingDefinition } from '../filings/definition';
import { stageDefinition } from '../filings/definitions';
import type { FilingState } from '../filings/state';
import { dueDate } from '../filings/state';
import type { ChasePolicy, ChaseRules } from './policy';
import type { PlannedReminder, ReminderKind, ReminderRecipient } from './reminderKinds';
import { dayRules, firstSendDate, sendInstant } from './sendWindow';

type Row = Omit<PlannedReminder, 'plannedAt'>;

/** The e-mails to the client, of which one a day goes out. */
export const CLIENT_EMAIL_KINDS: readonly ReminderKind[] = ['PAPERWORK_REMINDER', 'CLIENT_REMINDER'];

/** How a planned reminder is told apart from the others of its filing. */
export function reminderKey(reminder: { kind: string; deadline: string; plannedFor: IsoDate }): string {
  return `${reminder.kind}/${reminder.deadline}/${reminder.plannedFor}`;
}

/** The key of a staff alert in ChaseProgress.lastAlertOn; a stuck alert counts per entry into a stage. */
export function alertKey(kind: ReminderKind, deadline: string, stageEnteredAt: number): string {
  return kind === 'STUCK' ? `${kind}/${stageEnteredAt}` : `${kind}/${deadline}`;
}

/**
 * Everything that a filing will send by itself from `now` (epoch ms) to its deadline, and the next of each after it, soonest first.
 * What went out before is read from `state.chase`; what lay in the past when nothing went out is planned for the first date that still can.
 */
export function planChasing(definition: FilingDefinition, state: FilingState, rules: ChaseRules, now: number): PlannedReminder[] {
  if (state.outcome !== null) return [];
  const planning = new Planning(definition, state, rules, now);
  const rows = [...planning.clientReminders(), ...planning.staffAlerts()];
  return rows.map((row) => ({ ...row, plannedAt: sendInstant(rules, row.plannedFor) })).toSorted(bySendingOrder);
}

/**
 * The date from which the reminders after one that went out now (epoch ms) are counted: its planned date, or the last
 * of the slots missed since. Missed slots are not made up.
 */
export function reminderCountsFrom(
  definition: FilingDefinition,
  state: FilingState,
  rules: ChaseRules,
  plannedFor: IsoDate,
  now: number,
): IsoDate {
  return new Planning(definition, state, rules, now).lastSlot(plannedFor);
}

function bySendingOrder(a: PlannedReminder, b: PlannedReminder): number {
  return a.plannedAt - b.plannedAt || a.kind.localeCompare(b.kind) || a.deadline.localeCompare(b.deadline);
}

class Planning {
  private readonly policy: ChasePolicy;
  private readonly days: ReturnType<typeof dayRules>;
  private readonly today: IsoDate;
  private readonly firstDate: IsoDate;
  private readonly due: IsoDate;
  private readonly topic: 'PAPERWORK' | 'QUERIES' | 'APPROVAL' | undefined;

  constructor(
    private readonly definition: FilingDefinition,
    private readonly state: FilingState,
    rules: ChaseRules,
    now: number,
  ) {
    this.policy = rules.policy;
    this.days = dayRules(rules);
    this.today = londonDateOf(now);
    this.firstDate = firstSendDate(rules, now);
    this.due = dueDate(definition, state.dates, state.milestones);
    this.topic = stageDefinition(definition, state.stage).chases;
  }

  /** E-mails to the client, and the escalation to managers that goes with one of them; none while chasing is paused. */
  clientReminders(): Row[] {
    const { paused } = this.state;
    const pausedUntil = paused !== null && (paused.until === null || paused.until > this.today) ? paused : null;
    if (this.topic === undefined || pausedUntil?.until === null) return [];
    const notBefore = later(pausedUntil?.until ?? this.firstDate, this.state.chase.noClientEmailBefore ?? this.firstDate);
    const earliest = later(this.firstDate, onOrAfter(notBefore, this.days));
    const { remindersSent, clientRemindersSent = 0 } = this.state.chase;
    if (this.topic !== 'PAPERWORK') return this.reminders('CLIENT_REMINDER', this.answerDates(earliest), clientRemindersSent + 1);
    const reminders = this.reminders('PAPERWORK_REMINDER', this.paperworkDates(earliest), remindersSent + 1);
    return [...reminders, ...this.managerEscalation(reminders)];
  }

  staffAlerts(): Row[] {
    return [...this.partnerEscalation(), ...this.deadlineWarnings(), ...this.overdueAlerts(), ...this.stuckAlert()];
  }

  private reminders(kind: ReminderKind, dates: IsoDate[], firstNumber: number): Row[] {
    return dates.map((plannedFor, index) => ({
      kind,
      deadline: '',
      plannedFor,
      recipient: 'CLIENT',
      number: firstNumber + index,
    }));
  }

  /** The last slot up to today in the rhythm that a reminder planned for this date belongs to: later ones count from it. */
  lastSlot(plannedFor: IsoDate): IsoDate {
    const next = this.nextSlot();
    let slot = plannedFor;
    for (let date = next(slot); date <= this.today; date = next(date)) slot = date;
    return slot;
  }

  private nextSlot(): (date: IsoDate) => IsoDate {
    return this.topic === 'PAPERWORK'
      ? (date) => onOrAfter(addDays(date, this.interval(date)), this.days)
      : (date) => addWorkingDays(date, this.policy.clientReminderEveryWorkingDays, this.days);
  }

  private paperworkDates(earliest: IsoDate): IsoDate[] {
    const { lastReminderOn } = this.state.chase;
    const next = this.nextSlot();
    const opening = onOrAfter(addDays(this.state.dates.periodEnd, this.policy.firstReminderAfterDays), this.days);
    // The period's end can move on after reminders went out, and one can be asked for by hand before it.
    const first = lastReminderOn === null ? opening : later(next(lastReminderOn), opening);
    return this.untilAfterDeadline(later(first, earliest), next);
  }

  private answerDates(earliest: IsoDate): IsoDate[] {
    const next = this.nextSlot();
    const last = this.state.chase.lastClientReminderOn ?? londonDateOf(this.state.stageEnteredAt);
    return this.untilAfterDeadline(later(next(last), earliest), next);
  }

  private untilAfterDeadline(first: IsoDate, next: (date: IsoDate) => IsoDate): IsoDate[] {
    const dates = [first];
    for (let date = first; date <= this.due;) {
      date = next(date);
      dates.push(date);
    }
    return dates;
  }

  /** The interval in force on a date: the shortest step whose distance to the deadline has been reached. */
  private interval(date: IsoDate): number {
    const daysLeft = daysBetween(date, this.due);
    if (daysLeft < 0) return this.policy.afterDeadlineEveryDays;
    const steps = this.policy.closer
      .filter((step) => daysLeft <= step.withinDays)
      .toSorted((a, b) => a.withinDays - b.withinDays);
    return steps[0]?.everyDays ?? this.policy.reminderEveryDays;
  }

  private managerEscalation(reminders: Row[]): Row[] {
    if (this.lastAlert('ESCALATE_TO_MANAGERS') !== undefined) return [];
    const after = this.policy.escalateToManagersAfterReminders;
    const plannedFor =
      this.state.chase.remindersSent >= after
        ? this.firstDate
        : reminders.find((reminder) => reminder.number === after)?.plannedFor;
    return plannedFor === undefined ? [] : [alert('ESCALATE_TO_MANAGERS', plannedFor, 'ASSIGNED_AND_MANAGERS')];
  }

  private partnerEscalation(): Row[] {
    if (this.topic !== 'PAPERWORK' || this.lastAlert('ESCALATE_TO_PARTNERS') !== undefined || this.today > this.due) return [];
    const date = onOrBefore(addDays(this.due, -this.policy.escalateToPartnersDaysBefore), this.days);
    return [alert('ESCALATE_TO_PARTNERS', later(date, this.firstDate), 'PARTNERS')];
  }

  private deadlineWarnings(): Row[] {
    const { dates, milestones } = this.state;
    return this.definition.deadlines
      .filter((deadline) => milestones[deadline.metBy] === undefined)
      .filter((deadline) => dates.corporationTaxRequired || !deadline.forCorporationTax)
      .flatMap((deadline) => {
        const due = dates.deadlines[deadline.name];
        return due === undefined ? [] : this.warningsOf(deadline.name, due);
      });
  }

  private warningsOf(deadline: string, due: IsoDate): Row[] {
    const warned = this.lastAlert('DEADLINE_WARNING', deadline) ?? '';
    const dates = this.policy.warningDaysBefore.map((days) => onOrBefore(addDays(due, -days), this.days));
    // One that was planned and has not gone out is late, not over.
    const planned = this.state.plan.filter((row) => row.kind === 'DEADLINE_WARNING' && row.deadline === deadline);
    const isLate = (date: IsoDate): boolean => planned.some(({ plannedFor }) => plannedFor === date);
    return [...new Set(dates)]
      .filter((date) => date > warned && (date >= this.firstDate || isLate(date)))
      .map((date) => alert('DEADLINE_WARNING', date, 'ASSIGNED', deadline));
  }

  private overdueAlerts(): Row[] {
    const first = addDays(this.due, 1);
    const next = (kind: ReminderKind, everyDays: number): IsoDate => {
      const last = this.lastAlert(kind);
      const date = last === undefined || last < first ? first : addDays(last, everyDays);
      return later(onOrAfter(date, this.days), this.firstDate);
    };
    return [
      alert('OVERDUE_ASSIGNED', next('OVERDUE_ASSIGNED', 1), 'ASSIGNED'),
      alert('OVERDUE_PARTNERS', next('OVERDUE_PARTNERS', 7), 'PARTNERS'),
    ];
  }

  /** Once per entry into a stage; while the period runs, the days are counted from its end. */
  private stuckAlert(): Row[] {
    if (this.lastAlert('STUCK') !== undefined) return [];
    const from = later(londonDateOf(this.state.stageEnteredAt), this.state.dates.periodEnd);
    const date = onOrAfter(addDays(from, this.policy.stuckAfterDays), this.days);
    return [alert('STUCK', later(date, this.firstDate), 'ASSIGNED')];
  }

  private lastAlert(kind: ReminderKind, deadline = ''): IsoDate | undefined {
    return this.state.chase.lastAlertOn[alertKey(kind, deadline, this.state.stageEnteredAt)];
  }
}

function alert(kind: ReminderKind, plannedFor: IsoDate, recipient: ReminderRecipient, deadline = ''): Row {
  return { kind, deadline, plannedFor, recipient, number: null };
}

function later(a: IsoDate, b: IsoDate): IsoDate {
  return a > b ? a : b;
}
