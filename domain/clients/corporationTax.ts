import type { IsoDate } from '../calendar/dates';
import { londonDateOf } from '../calendar/london';
import { finalStage, stageIndex } from '../filings/definitions';
import { LTD_ACCOUNTS } from '../filings/ltdAccounts';
import type { FilingRecord } from '../filings/record';
import { corporationTaxDueDate, corporationTaxStatus, splitPeriodOfAccount } from '../uk/corporationTax';
import type { CorporationTaxDueSource, CorporationTaxStatus } from './clientFields';

/** An accounts filing as the Corporation Tax of its client sees it. */
export interface TaxedFiling {
  periodStart: IsoDate;
  periodEnd: IsoDate;
  /** Payment. */
  ctDueDate: IsoDate;
  isWorkStarted: boolean;
  /** With HMRC, or left to the client. */
  isFiled: boolean;
  isCancelled: boolean;
  /** Its workflow was asked for other dates and has not answered: its payment date is not yet what it will be. */
  isToMove: boolean;
}

/** The fields of the Client model that follow its Corporation Tax. */
export interface ClientCorporationTax {
  corporationTaxStatus: CorporationTaxStatus;
  corporationTaxPeriodStart: IsoDate | null;
  corporationTaxPeriodEnd: IsoDate | null;
  /** Payment, as computed or as the filing has it; a person's override wins over it. */
  nextCorporationTaxDue: IsoDate | null;
  manualCTDueOverride: IsoDate | null;
  ctDueSource: CorporationTaxDueSource;
}

/**
 * Where the Corporation Tax of a client stands on a day, by its accounts filings: the fields of the client that change. The period is
 * that of the earliest filing that is not done and has ended or is worked on; without one that of the last that is done. A status that a
 * person set stays until its payment is overdue or the next period takes over.
 */
export function followCorporationTax(
  client: ClientCorporationTax & { isStatusGiven: boolean },
  filings: readonly TaxedFiling[],
  today: IsoDate,
): Partial<ClientCorporationTax> {
  const filing = taxedFiling(client, filings, today);
  if (!filing) return {};
  const isSamePeriod = filing.periodStart === client.corporationTaxPeriodStart;
  const isNextPeriod = !isSamePeriod && client.corporationTaxPeriodStart !== null;
  const [first] = splitPeriodOfAccount(filing.periodStart, filing.periodEnd);
  // A date that a person set was for the period before.
  const isManual = client.ctDueSource === 'MANUAL' && !isNextPeriod;
  const settled = filing.isToMove && isSamePeriod ? client.nextCorporationTaxDue : filing.ctDueDate;
  const due = {
    ctDueSource: isManual ? ('MANUAL' as const) : ('AUTO' as const),
    manualCTDueOverride: isManual ? client.manualCTDueOverride : null,
    nextCorporationTaxDue: isManual ? (first?.paymentDue ?? filing.ctDueDate) : settled,
  };
  const dueDate = corporationTaxDueDate(due, due.nextCorporationTaxDue);
  const keepsStatus = isSamePeriod || (!isNextPeriod && client.isStatusGiven);
  const derived = corporationTaxStatus({ isRequired: true, ...filing, dueDate }, today);
  const status = keepsStatus ? statusOn(client.corporationTaxStatus, derived) : derived;
  return changed(client, {
    ...due,
    corporationTaxStatus: client.corporationTaxStatus === 'NOT_REQUIRED' ? 'NOT_REQUIRED' : status,
    corporationTaxPeriodStart: filing.periodStart,
    corporationTaxPeriodEnd: first?.end ?? filing.periodEnd,
  });
}

function taxedFiling(
  { corporationTaxPeriodStart, corporationTaxStatus }: ClientCorporationTax,
  filings: readonly TaxedFiling[],
  today: IsoDate,
): TaxedFiling | undefined {
  const isDone = ({ isFiled, periodStart }: TaxedFiling): boolean =>
    isFiled || (periodStart === corporationTaxPeriodStart && corporationTaxStatus === 'FILED');
  const counted = filings.filter(({ isCancelled }) => !isCancelled).toSorted((a, b) => (a.periodStart < b.periodStart ? -1 : 1));
  const isUnderWay = (filing: TaxedFiling): boolean => !isDone(filing) && (filing.periodEnd < today || filing.isWorkStarted);
  return counted.find(isUnderWay) ?? counted.findLast(isDone) ?? counted[0];
}

/** The day alone makes a status overdue, and a later due date makes it undone. */
function statusOn(status: CorporationTaxStatus, derived: CorporationTaxStatus): CorporationTaxStatus {
  const isOpen = status === 'PENDING' || status === 'IN_PROGRESS';
  if (isOpen) return derived === 'OVERDUE' ? 'OVERDUE' : status;
  return status === 'OVERDUE' && derived !== 'FILED' ? derived : status;
}

function changed(client: ClientCorporationTax, fields: ClientCorporationTax): Partial<ClientCorporationTax> {
  const before = new Map<string, unknown>(Object.entries(client));
  return Object.fromEntries(Object.entries(fields).filter(([name, value]) => before.get(name) !== value));
}

/** What of the client's Corporation Tax a recorded decision of its accounts filing carries along. */
export interface CarriedCorporationTax {
  /** Null where the status stays. */
  status: CorporationTaxStatus | null;
  periodStart: IsoDate;
  periodEnd: IsoDate;
  dueDate: IsoDate;
}

/** What follows from a decision: the status as work starts, is undone or is filed to HMRC, the dates as they move. Null where nothing does. */
export function carriedCorporationTax({
  state,
  transition,
  action,
  decidedAt,
}: Pick<FilingRecord, 'state' | 'transition' | 'action' | 'decidedAt'>): CarriedCorporationTax | null {
  const { periodStart, periodEnd, deadlines, corporationTaxRequired } = state.dates;
  const dueDate = deadlines['ctDueDate'];
  if (state.kind !== 'LTD_ACCOUNTS' || !corporationTaxRequired || dueDate === undefined) return null;
  const [first] = splitPeriodOfAccount(periodStart, periodEnd);
  const period = { periodStart, periodEnd: first?.end ?? periodEnd, dueDate };
  if (action === 'FILING_DEADLINES_CHANGED') return { status: null, ...period };
  if (!transition || !movesTax(transition)) return null;
  const isFiled = state.milestones['filedToHMRC'] !== undefined || state.milestones['clientSelfFiling'] !== undefined;
  const isWorkStarted = state.milestones['workStarted'] !== undefined;
  const progress = { isRequired: true, isWorkStarted, isFiled, dueDate };
  return { status: corporationTaxStatus(progress, londonDateOf(decidedAt)), ...period };
}

function movesTax({ fromStage, toStage, filedTo, rejectedBy }: NonNullable<FilingRecord['transition']>): boolean {
  const isWorkStarted = (stage: typeof fromStage): boolean =>
    stageIndex(LTD_ACCOUNTS, stage) >= stageIndex(LTD_ACCOUNTS, 'WORK_IN_PROGRESS');
  const isOfHmrc = filedTo.some((receipt) => receipt !== 'COMPANIES_HOUSE') || rejectedBy.includes('HMRC');
  return isOfHmrc || fromStage === finalStage(LTD_ACCOUNTS) || isWorkStarted(fromStage) !== isWorkStarted(toStage);
}
