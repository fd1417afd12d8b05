import type { FilingRecord } from './record';
import type { FilingState } from './state';

/**
 * What a run remembers of a decision that was committed, enough to commit it again where the row was lost: without plan and ledger,
 * of which only the newest count.
 */
export interface KeptRecord extends Omit<FilingRecord, 'ledger' | 'alerts' | 'state'> {
  state: Omit<FilingState, 'plan' | 'decidedRequestIds'>;
}

/** A record as it is kept; state and instant are those that are in the row. */
export function keepRecord(record: FilingRecord, committed: FilingState, decidedAt: number): KeptRecord {
  const { ledger: _ledger, alerts: _alerts, ...kept } = record;
  const { plan: _plan, decidedRequestIds: _decidedRequestIds, ...state } = committed;
  return { ...kept, decidedAt, state };
}
