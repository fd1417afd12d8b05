import type { IsoDate } from '../../domain/calendar/dates';
import type { VatStage } from '../../domain/filings/stages';
import type { Database } from '../database';
import { listFilings } from './filingList';
import type { VATQuarterRow } from './filingRow';
import type { Page, PageRequest } from './page';
import type { Viewer } from './visibility';

/** Which quarters `vatQuartersDue` looks for. */
export interface DueQuarters extends PageRequest {
  stage: VatStage;
  /** Due today or within so many days. */
  days: number;
}

/** Open quarters in a stage that are due from `today` (a date in London) to so many days later, the soonest first. */
export async function vatQuartersDue(
  db: Database,
  viewer: Viewer,
  today: IsoDate,
  { stage, days, page, limit }: DueQuarters,
): Promise<Page<VATQuarterRow>> {
  return listFilings(db, 'VAT_QUARTER', viewer, { stage, dueWithinDays: days, page, limit }, today);
}
