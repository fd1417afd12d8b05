import type { ClientBase } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import type { PeriodMove, RegisteredFiling, RegistrationStep } from '../../domain/uk/vatRegistrationEnds';
import { DEREGISTRATION, registrationSteps } from '../../domain/uk/vatRegistrationEnds';
import type { ClientDates } from '../../models/filings/clientDates';
import { vatPeriodMoves } from '../../models/filings/vatPeriodMoves';
import type { ClientFiling } from '../filings/clientFilings';
import { areFilingsChanging, clientFilings, isOpen } from '../filings/clientFilings';
import type { Consequence, Requester } from '../filings/storeConsequence';
import { storeConsequence } from '../filings/storeConsequence';
import type { StoredRequest } from '../requests/storeRequest';

/** How a filing's row says that it was cancelled because its client is registered no more; taking that back looks for it. */
const DEREGISTERED = 'The client was deregistered from VAT';

/** What an earlier date asked of the filings is not decided yet; the message says what to do. */
export class DeregistrationUnderWayError extends Error {}

/**
 * Asks the VAT filings of a client to follow its deregistration when that was set, moved or taken back, in the caller's transaction;
 * gives what was asked. Throws DeregistrationUnderWayError.
 */
export async function followVatRegistration(
  db: ClientBase,
  by: Requester,
  before: ClientDates,
  after: ClientDates,
): Promise<StoredRequest[]> {
  const { vatDeregistrationDate: earlier } = before;
  const { id: clientId, vatDeregistrationDate: last } = after;
  if (last === earlier || !after.isActive) return [];
  if (earlier !== null && (await areFilingsChanging(db, clientId, ['cancelFiling', 'reopen', 'deadlinesChanged']))) {
    throw new DeregistrationUnderWayError('Its VAT filings still follow the earlier deregistration: try again in a moment');
  }
  const notes =
    last === null ? `The VAT deregistration was taken back by ${by.name}` : `${DEREGISTERED} on ${last} by ${by.name}`;
  return await askVatFilings(db, by, after, { earlier, reasons: [DEREGISTERED], notes });
}

/**
 * Asks the VAT filings that archiving a client had cancelled to come back as far as its registration reaches now, in the caller's
 * transaction; gives what was asked. `archived` is how their rows say why they were cancelled.
 */
export async function restoreVatFilings(
  db: ClientBase,
  by: Requester,
  client: ClientDates,
  archived: string,
  notes: string,
): Promise<StoredRequest[]> {
  // What a deregistration cancelled that was taken back meanwhile comes back as well.
  const reasons = [archived, DEREGISTERED];
  return await askVatFilings(db, by, client, { earlier: client.vatDeregistrationDate, reasons, notes });
}

async function askVatFilings(
  db: ClientBase,
  by: Requester,
  client: ClientDates,
  { earlier, reasons, notes }: { earlier: IsoDate | null; reasons: readonly string[]; notes: string },
): Promise<StoredRequest[]> {
  const moves = await vatPeriodMoves(db, client.id);
  const requests: StoredRequest[] = [];
  for (const filing of (await clientFilings(db, client.id)).filter(({ kind }) => kind === 'VAT_QUARTER')) {
    const registered = registeredFiling(filing, reasons, moves.get(filing.id));
    for (const step of registrationSteps(registered, client, earlier)) {
      requests.push(await storeConsequence(db, by, filing, { ...consequenceOf(step), notes }));
    }
  }
  return requests;
}

function registeredFiling(filing: ClientFiling, reasons: readonly string[], moves: readonly PeriodMove[] = []): RegisteredFiling {
  const { periodStart: start, periodEnd: end, filingDueDate: due, isCancelled, cancelReason } = filing;
  const comesBack = isCancelled && reasons.some((reason) => cancelReason?.startsWith(reason));
  const state = isOpen(filing) ? 'OPEN' : comesBack ? 'CANCELLED' : 'CLOSED';
  return { start, end, due, state, moves };
}

function consequenceOf(step: RegistrationStep): Omit<Consequence, 'notes'> {
  switch (step.kind) {
    case 'CANCEL':
      return { type: 'cancelFiling', payload: {} };
    case 'REOPEN':
      return { type: 'reopen', payload: { hasNote: true } };
    default:
      return { type: 'deadlinesChanged', payload: movedTo(step.to.end, step.to.due) };
  }
}

function movedTo(periodEnd: IsoDate, filingDueDate: IsoDate): Record<string, unknown> {
  return { source: DEREGISTRATION, periodEnd, deadlines: { filingDueDate } };
}
