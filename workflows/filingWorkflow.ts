import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  patched,
  setCurrentDetails,
  setDefaultSignalHandler,
  setHandler,
  upsertSearchAttributes,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';
import type { Actor, FilingMessage } from '../domain/filings/messages';
import { FILING_MESSAGE_NAMES, isMessageName, MESSAGE_DESCRIPTIONS } from '../domain/filings/messages';
import type { ParsedMessage } from '../domain/filings/parseMessage';
import { parseMessage, unknownSignal } from '../domain/filings/parseMessage';
import { untilRecorded } from './activities';
import { currentDetails } from './display';
import { Filing } from './filing';
import { FilingDesk } from './filingDesk';
import type { FilingInput, FilingResult } from './messages';
import { FILING_SIGNALS, filingRecordsQuery, filingStateQuery, STILL_BEING_READ } from './messages';
import { searchAttributesOf } from './searchAttributes';
import { WakeTimer } from './wakeTimer';

/** A VAT quarter, from the first day of its period until it is filed or cancelled. */
export function vatQuarterWorkflow(input: FilingInput): Promise<FilingResult> {
  return runFiling(input);
}

/** A Ltd accounts filing, from the first day of its period until it is filed or cancelled. */
export function ltdAccountsWorkflow(input: FilingInput): Promise<FilingResult> {
  return runFiling(input);
}

/** One filing's life: take messages one at a time, send what falls due in between, end when the filing has ended. */
async function runFiling(input: FilingInput): Promise<FilingResult> {
  const inbox: ParsedMessage[] = [];
  let filing: Filing | undefined;

  const take = (name: string, payload: unknown): void =>
    void inbox.push(isMessageName(name) ? parseMessage(name, payload, uuid4) : unknownSignal(name));
  // What waits for the first task goes to the handlers as they are set: in the order in which it came if the one for all names is first.
  const isInOrder = patched('messages-in-order');
  if (isInOrder) setDefaultSignalHandler(take);
  for (const name of FILING_MESSAGE_NAMES) {
    const description = MESSAGE_DESCRIPTIONS[name];
    setHandler(FILING_SIGNALS[name], (payload: unknown) => take(name, payload), { description });
  }
  if (!isInOrder) setDefaultSignalHandler(take);
  const timerGoesOn = patched('timer-goes-on');
  const sendsAtOnce = patched('email-at-once');
  const sendsWithRecord = patched('email-with-record');
  const keepsTurningDays = patched('turning-days-kept');
  setHandler(filingStateQuery, () => {
    if (!filing) throw new Error(STILL_BEING_READ);
    return filing.answer(Date.now());
  });
  setHandler(
    filingRecordsQuery,
    (afterRevision) => filing?.recordsAfter(afterRevision) ?? { records: [], decidedRequestIds: [] },
  );
  // Cancelling the workflow cancels the filing: it is decided and recorded like any other request.
  CancellationScope.current().cancelRequested.catch(() => inbox.push({ ok: true, message: cancelledFromTemporal() }));

  return await CancellationScope.nonCancellable(async () => {
    const loaded = await untilRecorded('Read the filing', (activities, options) =>
      activities.loadFiling.executeWithOptions(options, [input.kind, input.filingId]),
    );
    filing = new Filing(input.carried?.state ?? loaded.state, loaded.rules, keepsTurningDays, input.carried);
    const desk = new FilingDesk(filing, sendsWithRecord ? 'WITH_RECORD' : sendsAtOnce ? 'AT_ONCE' : 'BESIDE');
    const timer = timerGoesOn ? new WakeTimer(filing.state.clientId) : undefined;
    if (filing.isOpen) await desk.open(input.carried?.emailIds ?? []);

    while (filing.isOpen || inbox.length > 0) {
      const [message] = inbox;
      if (message) {
        await desk.answer(message);
        inbox.shift();
        continue;
      }
      show(filing);
      if (workflowInfo().continueAsNewSuggested) await carryOn(input, filing, desk);
      const wake = filing.nextWake(Date.now());
      // Only a filing that has ended has nothing to wake for.
      if (wake === null) break;
      const isCalled = (): boolean => inbox.length > 0;
      const wasCalled = timer
        ? await timer.wait(wake, isCalled)
        : await condition(isCalled, Math.max(wake.at - Date.now(), 1), { summary: wake.action });
      if (!wasCalled) await desk.fire();
    }

    show(filing);
    return filing.result();
  });
}

/** What the workflow list and the filing's page in the Temporal UI show. */
function show(filing: Filing): void {
  const now = Date.now();
  const attributes = searchAttributesOf(filing.definition, filing.state, now);
  const changed = filing.changedAttributes(attributes);
  if (changed.length > 0) upsertSearchAttributes(changed);
  setCurrentDetails(currentDetails(filing, now));
}

/** A safety valve: a filing's whole life is shorter than a history may be, unless somebody floods it with signals. */
async function carryOn(input: FilingInput, filing: Filing, desk: FilingDesk): Promise<void> {
  await condition(allHandlersFinished);
  const carried = { state: filing.state, lastMoves: filing.lastMoves, emailIds: [...desk.sending] };
  await continueAsNew<(input: FilingInput) => Promise<FilingResult>>({ ...input, carried });
}

function cancelledFromTemporal(): Extract<FilingMessage, { name: 'cancelFiling' }> {
  const actor: Actor = { userId: null, name: 'Temporal UI', role: 'SYSTEM', relation: 'none' };
  return { name: 'cancelFiling', body: { requestId: uuid4(), actor, notes: 'Cancelled in the Temporal UI' } };
}
