import type { ClientBase } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import { addMonths, formatDate } from '../../domain/calendar/dates';
import { londonDateOf } from '../../domain/calendar/london';
import type { CorporationTaxStatus } from '../../domain/clients/clientFields';
import { corporationTaxDueDate } from '../../domain/uk/corporationTax';
import type { TaxedClient } from '../../models/filings/corporationTax';
import { lockTaxedClient } from '../../models/filings/corporationTax';
import { inTransaction } from '../../models/transaction';
import type { ClientFiling } from '../filings/clientFilings';
import { clientFilings, isOpen } from '../filings/clientFilings';
import { storeConsequence } from '../filings/storeConsequence';
import { deliverRequests } from '../requests/deliverRequests';
import type { StoredRequest } from '../requests/storeRequest';
import type { ClientDependencies, Person } from './clients';
import { changeClient } from './clients';

/** What a person says of a client's Corporation Tax. */
export interface CorporationTaxChange {
  status: CorporationTaxStatus;
  /** A payment date that wins over the computed one; null takes it away; left out it stays. */
  dueOverride?: IsoDate | null | undefined;
  note?: string | undefined;
}

/** The change cannot be; `field` is what is wrong with it. */
export class ImpossibleCorporationTaxError extends Error {
  constructor(
    readonly field: 'status' | 'dueOverride',
    message: string,
  ) {
    super(message);
  }
}

/** No payment is due later after its period: a mistyped year. */
const MOST_MONTHS = 36;

/**
 * Sets status and payment date of a client's Corporation Tax, and asks the open accounts filings to follow; gives what was asked of them.
 * Undefined for an unknown client. Throws ImpossibleCorporationTaxError.
 */
export async function setCorporationTax(
  deps: ClientDependencies,
  by: Person,
  clientId: string,
  change: CorporationTaxChange,
): Promise<StoredRequest[] | undefined> {
  const filings = (await clientFilings(deps.db.pool, clientId)).filter(
    (filing) => filing.kind === 'LTD_ACCOUNTS' && isOpen(filing),
  );
  const requests = await inTransaction(deps.db.pool, async (db) => {
    const client = await lockTaxedClient(db, clientId);
    return client && (await set(deps, db, by, client, filings, change));
  });
  if (requests) await deliverRequests({ ...deps, db: deps.db.pool }, requests);
  return requests;
}

async function set(
  { db: database, now }: ClientDependencies,
  db: ClientBase,
  by: Person,
  client: TaxedClient,
  filings: readonly ClientFiling[],
  { status, dueOverride, note }: CorporationTaxChange,
): Promise<StoredRequest[]> {
  const manual = dueOverride === undefined ? client.manualCTDueOverride : dueOverride;
  const due = { manualCTDueOverride: manual, ctDueSource: manual === null ? ('AUTO' as const) : ('MANUAL' as const) };
  const dueDate = corporationTaxDueDate(due, client.nextCorporationTaxDue);
  requirePossible(client, status, dueOverride ?? null, dueDate, londonDateOf(now()));
  const fields = { corporationTaxStatus: status, ...due, lastCTStatusUpdate: new Date(now()), ctStatusUpdatedBy: by.id };
  await changeClient(db, database, by, client.id, fields, 'CORPORATION_TAX_CHANGED', note === undefined ? {} : { note });
  const requests: StoredRequest[] = [];
  for (const filing of filings) {
    const payload = whatMoves(client, filing, { status, dueDate, isDateGiven: dueOverride !== undefined });
    if (!payload) continue;
    const notes = note ?? `Corporation Tax was changed by ${by.name}`;
    requests.push(await storeConsequence(db, by, filing, { type: 'deadlinesChanged', payload, notes }));
  }
  return requests;
}

function requirePossible(
  { corporationTaxPeriodEnd: end }: TaxedClient,
  status: CorporationTaxStatus,
  dueOverride: IsoDate | null,
  dueDate: IsoDate | null,
  today: IsoDate,
): void {
  if (dueOverride !== null && end !== null && (dueOverride < end || dueOverride > addMonths(end, MOST_MONTHS))) {
    const where = dueOverride < end ? 'before' : 'too long after';
    const message = `A payment on ${formatDate(dueOverride)} lies ${where} the period’s end on ${formatDate(end)}`;
    throw new ImpossibleCorporationTaxError('dueOverride', message);
  }
  if (status === 'OVERDUE' && (dueDate === null || dueDate >= today)) {
    const until = dueDate === null ? 'no payment date is known' : `the payment is due on ${formatDate(dueDate)}`;
    throw new ImpossibleCorporationTaxError('status', `It is not overdue: ${until}`);
  }
}

/** Every open filing follows whether tax is required at all; that of the period in question follows the date. */
function whatMoves(
  client: TaxedClient,
  filing: ClientFiling,
  { status, dueDate, isDateGiven }: { status: CorporationTaxStatus; dueDate: IsoDate | null; isDateGiven: boolean },
): Record<string, unknown> | undefined {
  const isRequired = status !== 'NOT_REQUIRED';
  const isRequirementNew = isRequired !== (client.corporationTaxStatus !== 'NOT_REQUIRED');
  const isDateMoved = isDateGiven && dueDate !== null && filing.periodStart === client.corporationTaxPeriodStart;
  if (!isRequirementNew && !isDateMoved) return undefined;
  return {
    source: 'STAFF',
    ...(isRequirementNew ? { corporationTaxRequired: isRequired } : {}),
    ...(isDateMoved ? { deadlines: { ctDueDate: dueDate } } : {}),
  };
}
