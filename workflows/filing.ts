import type { SearchAttributeUpdatePair } from '@temporalio/common';
import type { IsoDate } from '../domain/calendar/dates';
import { addDays } from '../domain/calendar/dates';
import { londonDateOf, startOfLondonDay } from '../domain/calendar/london';
import type { ChaseRules } from '../domain/chasing/policy';
import { nextReminder } from '../domain/chasing/reminders';
import type { FilingDefinition } from '../domain/filings/definition';
import { FILING_DEFINITIONS } from '../domain/filings/definitions';
import type { KeptRecord } from '../domain/filings/keptRecord';
import { keepRecord } from '../domain/filings/keptRecord';
import type { FilingRecord, RecordResult } from '../domain/filings/record';
import type { RecordContext } from '../domain/filings/records';
import type { FilingState } from '../domain/filings/state';
import { dueDate, isOverdue, isPaused, waitingFor, withDecided } from '../domain/filings/state';
import { describeReminder } from './reminderSummary';
import type { FilingStateAnswer } from './filingStateAnswer';
import type { CarriedFiling, FilingRecords, FilingResult } from './messages';

const SHOWN_MOVES = 5;
const SHOWN_OUTCOMES = 5;
const RECORDS_A_PAGE = 100;

/** When the workflow wakes next (epoch ms), and what for. */
export interface Wake {
  at: number;
  action: string;
}

/** What of a committed decision differs from its record: an earlier try's state and instant (epoch ms), the client's new name. */
type Committed = Pick<Extract<RecordResult, { status: 'RECORDED' }>, 'state' | 'decidedAt' | 'clientName'>;

/** What a filing's workflow knows: the committed state, the rules in force, and what the Temporal UI shows of its past. */
export class Filing {
  readonly definition: FilingDefinition;
  readonly lastMoves: FilingStateAnswer['lastMoves'];
  /** Every decision that this run had committed, for db:reconcile. */
  private readonly records: KeptRecord[] = [];
  private readonly shownAttributes = new Map<string, string>();
  private readonly lastOutcomes: FilingStateAnswer['lastOutcomes'] = [];
  /** The last day in London of which the filing has taken note that it turned. */
  private seenDay: IsoDate | null = null;

  constructor(
    public state: FilingState,
    public rules: ChaseRules,
    readonly keepsTurningDays: boolean,
    carried?: CarriedFiling,
  ) {
    this.definition = FILING_DEFINITIONS[state.kind];
    this.lastMoves = [...(carried?.lastMoves ?? [])];
  }

  get isOpen(): boolean {
    return this.state.outcome === null;
  }

  context(now: number): RecordContext {
    return { definition: this.definition, rules: this.rules, before: this.state, now };
  }

  /** The decision is committed: the state that follows is the filing's, as and when an earlier try committed it where one did. */
  adopt(record: FilingRecord, { state = record.state, decidedAt = record.decidedAt, clientName }: Committed): void {
    this.state = clientName === undefined ? state : { ...state, clientName };
    this.records.push(keepRecord(record, state, decidedAt));
    if (!record.transition) return;
    const { fromStage, toStage } = record.transition;
    this.lastMoves.unshift({ at: isoInstant(decidedAt), from: fromStage, to: toStage, by: record.actor.name });
    this.lastMoves.length = Math.min(this.lastMoves.length, SHOWN_MOVES);
  }

  /** Note is taken of the day of this instant (epoch ms): until then it stays due, whatever messages come first. */
  seeDay(now: number): void {
    if (this.keepsTurningDays) this.seenDay = londonDateOf(now);
  }

  /** A request was answered: should its signal arrive again, it has no further effect. */
  remember(outcome: FilingStateAnswer['lastOutcomes'][number]): void {
    if (outcome.requestId !== null && !this.hasDecided(outcome.requestId)) {
      this.state = { ...this.state, decidedRequestIds: withDecided(this.state.decidedRequestIds, outcome.requestId) };
    }
    this.lastOutcomes.unshift(outcome);
    this.lastOutcomes.length = Math.min(this.lastOutcomes.length, SHOWN_OUTCOMES);
  }

  hasDecided(requestId: string): boolean {
    return this.state.decidedRequestIds.includes(requestId);
  }

  /** The next thing that happens by itself: a planned row, or a day on which whom the filing waits for changes. */
  nextWake(now: number): Wake | null {
    if (!this.isOpen) return null;
    const planned = nextReminder(this.state.plan, this.rules, now);
    const wakes = [
      ...(planned ? [{ at: planned.at, action: describeReminder(this.definition, planned.reminder) }] : []),
      ...this.turningDays(now),
    ];
    return wakes.toSorted((a, b) => a.at - b.at)[0] ?? null;
  }

  private turningDays(now: number): Wake[] {
    const { state, definition } = this;
    const seenDay = this.seenDay ?? londonDateOf(now);
    const due = dueDate(definition, state.dates, state.milestones);
    const days = [
      { date: addDays(state.dates.periodEnd, 1), action: 'The period has ended' },
      { date: addDays(due, 1), action: 'The deadline has passed' },
      ...(state.paused?.until ? [{ date: state.paused.until, action: 'The pause of chasing ends' }] : []),
    ];
    return days.filter(({ date }) => date > seenDay).map(({ date, action }) => ({ at: startOfLondonDay(date), action }));
  }

  /** Which of the search attributes differ from those that were set last; they count as set from now on. */
  changedAttributes(attributes: readonly SearchAttributeUpdatePair[]): SearchAttributeUpdatePair[] {
    const changed = attributes.filter(({ key, value }) => this.shownAttributes.get(key.name) !== String(value));
    for (const { key, value } of changed) this.shownAttributes.set(key.name, String(value));
    return changed;
  }

  /** The answer of the `filingRecords` query: what this run had committed after a revision, oldest first, a page of it. */
  recordsAfter(revision: number): FilingRecords {
    const { decidedRequestIds } = this.state;
    const later = this.records.filter(({ state }) => state.revision > revision);
    return { records: later.slice(0, RECORDS_A_PAGE), decidedRequestIds };
  }

  /** The answer of the `filingState` query at this instant (epoch ms). */
  answer(now: number): FilingStateAnswer {
    const { decidedRequestIds: _, ...state } = this.state;
    const { definition } = this;
    const next = this.nextWake(now);
    return {
      ...state,
      waitingFor: waitingFor(definition, this.state, now),
      dueDate: dueDate(definition, state.dates, state.milestones),
      isOverdue: isOverdue(definition, this.state, now),
      isChasingPaused: isPaused(this.state, londonDateOf(now)),
      remindersSent: state.chase.remindersSent,
      nextTimer: next && { at: isoInstant(next.at), action: next.action },
      policyVersion: this.rules.version,
      lastMoves: this.lastMoves,
      lastOutcomes: this.lastOutcomes,
    };
  }

  /** What the workflow ends with; throws while the filing is open. */
  result(): FilingResult {
    const { outcome, stage, sequence, revision } = this.state;
    if (outcome === null) throw new RangeError(`Filing ${this.state.filingId} is still open`);
    return { outcome, stage, sequence, revision };
  }
}

function isoInstant(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
