import { ApplicationFailure, isCancellation, log } from '@temporalio/workflow';
import type { DueReminders } from '../domain/chasing/reminders';
import { decideChaseNow, dueReminders } from '../domain/chasing/reminders';
import type { Applied, Rejected } from '../domain/filings/decision';
import { reject } from '../domain/filings/decision';
import { decideRequest, refuseActor, rejectClosed } from '../domain/filings/decideRequest';
import type { Actor, ChasePolicyChanged, FilingMessage } from '../domain/filings/messages';
import type { ParsedMessage } from '../domain/filings/parseMessage';
import type { FilingRecord, RecordResult, ReminderRecords, ReminderResult, Unsent } from '../domain/filings/record';
import { alertRecord, chaseNowRecords, quietRecord, recordOf, reminderRecords, unsentRecord } from '../domain/filings/records';
import { isPaused, waitingFor } from '../domain/filings/state';
import { londonDateOf } from '../domain/calendar/london';
import { sendStoredEmail, sendStoredEmailAtOnce, untilRecorded } from './activities';
import { describeReminder } from './reminderSummary';
import type { Filing } from './filing';

type Request = Exclude<FilingMessage, { name: 'chasePolicyChanged' }>;
/** How a filing's e-mails are tried first: with the recording that leaves them to be sent, next to it in its task, or beside everything else. */
type FirstTry = 'WITH_RECORD' | 'AT_ONCE' | 'BESIDE';
type NotRecorded = Exclude<RecordResult, { status: 'RECORDED' }>;

/**
 * Works through what comes to a filing, one thing at a time: decides by the rules of the domain, has the decision committed,
 * and only then takes it over. A recording may find that a lost try of this workflow committed something else first; then the
 * filing goes on from there and the decision is made again.
 */
export class FilingDesk {
  /** E-mails that are being sent beside everything else. */
  readonly sending = new Set<string>();

  constructor(
    private readonly filing: Filing,
    private readonly firstTry: FirstTry,
  ) {}

  /** The first record of a run: it takes charge of the row and writes the plan. */
  async open(emailIds: readonly string[]): Promise<void> {
    this.send(emailIds);
    const key = 'opened';
    const now = Date.now();
    // A filing that began before keeps its pause when it is replayed: a later record of its history ends it.
    const change = this.filing.keepsTurningDays ? this.endOfPause(now) : {};
    await this.record('Plan the reminders', () => quietRecord(this.filing.context(Date.now()), key, change));
    this.filing.seeDay(now);
  }

  async answer(parsed: ParsedMessage): Promise<void> {
    if (!parsed.ok) {
      const { requestId, name, reason } = parsed;
      const isRepeated = requestId !== null && this.filing.hasDecided(requestId);
      if (!isRepeated) await this.refuse(requestId, name, null, reject('MALFORMED', reason));
    } else if (parsed.message.name === 'chasePolicyChanged') {
      await this.changePolicy(parsed.message.body);
    } else if (!this.filing.hasDecided(parsed.message.body.requestId)) {
      await this.answerRequest(parsed.message);
    }
  }

  /** Sends what is due, or notices that a day has turned. */
  async fire(): Promise<void> {
    const now = Date.now();
    const due = dueReminders(this.filing.state.plan, this.filing.rules, now);
    if (due.clientEmail) await this.remind(due, due.clientEmail);
    else if (due.alerts.length > 0) await this.alert(due);
    else await this.turnDay(now);
  }

  private async answerRequest(request: Request): Promise<void> {
    const { requestId, actor } = request.body;
    for (;;) {
      const decision = this.decide(request, Date.now());
      const outcome = decision.applied ? await this.commit(request, decision) : decision;
      if (outcome === 'done') return;
      if (outcome === 'unknownActor') request.body.actor = { ...actor, userId: null };
      else if (outcome !== 'again') return await this.refuse(requestId, request.name, request.body.actor, outcome);
    }
  }

  private decide(request: Request, now: number): Applied | Rejected {
    const { definition, state, rules } = this.filing;
    if (request.name !== 'chaseNow') return decideRequest(definition, state, request, now);
    if (state.outcome !== null) return rejectClosed(definition, state);
    return refuseActor(definition, state, 'chaseNow', request.body.actor) ?? decideChaseNow(definition, state, rules, now);
  }

  private async commit(request: Request, applied: Applied): Promise<'done' | 'again' | 'unknownActor' | Rejected> {
    const { requestId, actor } = request.body;
    const context = this.filing.context(Date.now());
    const result =
      request.name === 'chaseNow'
        ? await this.tryReminder('a reminder asked for by hand', chaseNowRecords(context, applied, requestId, actor), () => null)
        : await this.tryRecord(
            `Record ${applied.transition?.toStage ?? applied.action}`,
            recordOf(context, applied, originOf(request)),
          );
    if (result.status === 'NOT_SENT') return refuseChaseNow(result.outcome);
    if (result.status === 'RECORDED') {
      // As a release before this one answered.
      if (result.outcome !== 'sent') return refuseChaseNow(result.outcome);
      this.filing.remember({ requestId, name: request.name, applied: true, reason: null });
      return 'done';
    }
    if (result.status === 'UNKNOWN_USER' && result.who === 'assignee')
      return reject('UNKNOWN_USER', 'The person to assign it to is not a user');
    if (result.status === 'UNKNOWN_USER') return 'unknownActor';
    if (result.status === 'PERIOD_TAKEN')
      return reject('INVALID_DATES', 'The client has another filing from the day on which the period would begin');
    this.follow(result);
    if (!this.filing.hasDecided(requestId)) return 'again';
    // A lost try had committed this very request, and others after it.
    this.filing.remember({ requestId, name: request.name, applied: true, reason: null });
    return 'done';
  }

  private async remind(due: DueReminders, reminder: NonNullable<DueReminders['clientEmail']>): Promise<void> {
    const { definition } = this.filing;
    const context = this.filing.context(Date.now());
    const result = await this.tryReminder(
      describeReminder(definition, reminder),
      reminderRecords(context, due, reminder),
      (unsent) => unsentRecord(context, due, reminder, unsent),
    );
    if (result.status !== 'RECORDED' && result.status !== 'NOT_SENT') this.follow(result);
  }

  private async alert(due: DueReminders): Promise<void> {
    const result = await this.tryRecord(alertSummary(this.filing, due), alertRecord(this.filing.context(Date.now()), due));
    // What is due is looked up anew: the alert may be among what was recorded already.
    if (result.status !== 'RECORDED') this.follow(result);
  }

  /** Whom the filing waits for, or whether it is paused, can change by the date alone. */
  private async turnDay(now: number): Promise<void> {
    const { definition, state } = this.filing;
    const change = this.endOfPause(now);
    const wasWaitingFor = waitingFor(definition, state, state.stageEnteredAt);
    if ('paused' in change || wasWaitingFor !== waitingFor(definition, state, now)) {
      await this.record('Record that a day has turned', () =>
        quietRecord(this.filing.context(Date.now()), `day:${londonDateOf(now)}`, change),
      );
    }
    this.filing.seeDay(now);
  }

  /** What changes where a pause is over by the date alone. */
  private endOfPause(now: number): { paused?: null } {
    const { state } = this.filing;
    return state.paused !== null && !isPaused(state, londonDateOf(now)) ? { paused: null } : {};
  }

  private async changePolicy({ version, policy }: ChasePolicyChanged): Promise<void> {
    const { filing } = this;
    if (version < filing.rules.version || !filing.isOpen) return;
    const bankHolidays = await untilRecorded('Read the bank holidays', (activities, options) =>
      activities.loadBankHolidays.executeWithOptions(options, [filing.state.dates]),
    );
    // The policy that is in force already comes again when the bank holidays have changed.
    const because = version === filing.rules.version ? 'BANK_HOLIDAYS_CHANGED' : 'SUPERSEDED_BY_POLICY';
    filing.rules = { policy, version, bankHolidays };
    await this.record('Plan the reminders by the new policy', () =>
      quietRecord(filing.context(Date.now()), `policy:${version}`, {}, because),
    );
  }

  private async refuse(requestId: string | null, name: string, actor: Actor | null, { code, reason }: Rejected): Promise<void> {
    const { kind, filingId, clientId } = this.filing.state;
    await untilRecorded(`Record that ${name} was refused`, (activities, options) =>
      activities.recordRejection.executeWithOptions(options, [
        { kind, filingId, clientId },
        { requestId, name, actor, code, reason },
      ]),
    );
    this.filing.remember({ requestId, name, applied: false, reason });
  }

  /** Records what the workflow does by itself; where something else was recorded first, it is done again from there. */
  private async record(summary: string, make: () => FilingRecord): Promise<void> {
    for (;;) {
      const result = await this.tryRecord(summary, make());
      if (result.status === 'RECORDED') return;
      this.follow(result);
    }
  }

  private async tryRecord(summary: string, record: FilingRecord): Promise<RecordResult> {
    const result = await untilRecorded(summary, (activities, options) =>
      activities.recordDecision.executeWithOptions(options, [record, ...this.underWay()]),
    );
    if (result.status !== 'RECORDED') return result;
    this.filing.adopt(record, result);
    this.send(result.emailIds);
    return result;
  }

  /** `recordUnsent` makes the record of a reminder that is not sent; null where nothing is to be recorded then. */
  private async tryReminder(
    what: string,
    records: ReminderRecords,
    recordUnsent: (unsent: Unsent) => FilingRecord | null,
  ): Promise<ReminderResult> {
    const summary = `${records.unsent ? 'Record as not sent' : 'Record'}: ${what}`;
    const result = await untilRecorded(summary, (activities, options) =>
      activities.recordReminder.executeWithOptions(options, [records, ...this.underWay()]),
    );
    if (result.status === 'NOT_SENT') {
      const { outcome, reason } = result;
      const record = recordUnsent({ outcome, reason });
      return record ? await this.tryReminder(what, { ...records, unsent: { outcome, reason, record } }, recordUnsent) : result;
    }
    if (result.status !== 'RECORDED') return result;
    const { outcome } = result;
    // A release before this one recorded all outcomes at the first try and told no reason; nobody reads it of a record that is committed.
    const record =
      outcome === 'sent' ? records.sent : (records.unsent?.record ?? recordUnsent({ outcome, reason: 'NO_ADDRESS' }));
    if (record) this.filing.adopt(record, result);
    this.send(result.emailIds);
    return result;
  }

  /** Goes on from what was recorded by somebody else, so that the decision can be made again. */
  private follow(result: NotRecorded): void {
    const { filing } = this;
    switch (result.status) {
      case 'BEHIND':
        filing.state = result.state;
        this.send(result.emailIds);
        return;
      case 'RENUMBER':
        filing.state = { ...filing.state, revision: result.revision, sequence: Math.max(result.sequence, filing.state.sequence) };
        return;
      default:
        throw ApplicationFailure.nonRetryable(
          'A later run of this filing is in charge: terminate this one, or run db:reconcile',
          result.status,
        );
    }
  }

  /** What a recording is told that tries e-mails itself. */
  private underWay(): [string[]] | [] {
    return this.firstTry === 'WITH_RECORD' ? [[...this.sending]] : [];
  }

  /** Sends beside the inbox: neither a slow provider nor a refused e-mail holds up a move. What is left unsent is swept. */
  private send(emailIds: readonly string[]): void {
    for (const emailId of emailIds) {
      if (this.sending.has(emailId)) continue;
      this.sending.add(emailId);
      const send = this.firstTry === 'AT_ONCE' ? sendStoredEmailAtOnce : sendStoredEmail;
      send(emailId, 'Send the e-mail to the client')
        .catch((error: unknown) => {
          if (!isCancellation(error)) log.error('An e-mail was not sent', { emailId, cause: String(error) });
        })
        .finally(() => this.sending.delete(emailId));
    }
  }
}

function originOf(request: Request): Pick<FilingRecord, 'decisionKey' | 'requestId' | 'actor' | 'notes' | 'source'> {
  const { requestId, actor } = request.body;
  return {
    decisionKey: requestId,
    requestId,
    actor,
    notes: 'notes' in request.body ? (request.body.notes ?? null) : null,
    source: request.name === 'clientDecision' ? 'CLIENT' : null,
  };
}

function refuseChaseNow(outcome: 'dayTaken' | 'unsendable'): Rejected {
  return outcome === 'unsendable'
    ? reject('NO_ADDRESS', 'The client has no e-mail address that takes mail: add or change it first')
    : reject('NOTHING_TO_DO', 'The reminder that was asked for earlier today is still being sent');
}

function alertSummary(filing: Filing, due: DueReminders): string {
  return `Record: ${due.alerts.map((alert) => describeReminder(filing.definition, alert)).join(', ')}`;
}
