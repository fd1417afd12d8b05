import type { ClientBase, Pool } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import { formatDate } from '../../domain/calendar/dates';
import type { FilingKind } from '../../domain/filings/stages';
import { clientFilings } from './clientFilings';

/** A period of a client that something else is asked to share days with; `end` included. */
export interface AskedPeriod {
  kind: FilingKind;
  clientId: string;
  start: IsoDate;
  end: IsoDate;
  /** The filing whose own period it is. */
  filingId: string;
}

/** Why a period cannot be that of a filing, in a sentence: another one that is not cancelled has some of its days. Undefined where none has. */
export async function overlapOf(
  db: Pool | ClientBase,
  { kind, clientId, start, end, filingId }: AskedPeriod,
): Promise<string | undefined> {
  const other = (await clientFilings(db, clientId)).find(
    (filing) =>
      filing.kind === kind &&
      filing.id !== filingId &&
      !filing.isCancelled &&
      filing.periodStart <= end &&
      filing.periodEnd >= start,
  );
  return (
    other &&
    `The client has a filing from ${formatDate(other.periodStart)} to ${formatDate(other.periodEnd)}: no day may be in two. Cancel that one first, or change the dates`
  );
}
