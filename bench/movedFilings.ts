import { z } from 'zod';
import { openFilings } from './benchFilings';
import type { BenchPractice } from './benchPractice';
import { atOnce } from './series';

/** How many are moved at a time where many are. */
export const CROWD = 32;

const Moved = z.object({ data: z.object({ id: z.string(), currentStage: z.string(), sequence: z.int() }) });

/** Filings that are moved back and forth between two stages, each by one caller at a time. */
export class MovedFilings {
  private readonly idle: { id: string; stage: string; moves: number }[];

  private constructor(
    private readonly practice: BenchPractice,
    ids: readonly string[],
  ) {
    this.idle = ids.map((id) => ({ id, stage: 'PAPERWORK_PENDING_CHASE', moves: 0 }));
  }

  /** Opens filings and moves them to where work begins. */
  static async open(practice: BenchPractice, count: number): Promise<MovedFilings> {
    const filings = new MovedFilings(practice, await openFilings(practice, count, 'runningVatMonth'));
    for (const stage of ['PAPERWORK_RECEIVED', 'WORK_IN_PROGRESS']) await atOnce(CROWD, count, () => filings.moveTo(stage));
    return filings;
  }

  /** Moves the filing whose turn it is, and waits for the 200 with the committed row. */
  async move(): Promise<void> {
    await this.moveTo(this.idle[0]?.stage === 'WORK_IN_PROGRESS' ? 'QUERIES_PENDING' : 'WORK_IN_PROGRESS');
  }

  /** What the database has of the moves that were answered with 200: each once, none more. */
  async violations(): Promise<string[]> {
    const { rows } = await this.practice.db.query<{ id: string; stage: string; moves: number; sequence: number }>(
      `SELECT f.id, f.current_stage::text AS stage, f.sequence, count(h.id) AS moves
       FROM vat_quarters f LEFT JOIN vat_workflow_history h ON h.filing_id = f.id WHERE f.id = ANY($1) GROUP BY f.id`,
      [this.idle.map(({ id }) => id)],
    );
    const recorded = new Map(rows.map((row) => [row.id, row]));
    return this.idle.flatMap(({ id, stage, moves }) => {
      const row = recorded.get(id);
      const isRight = row?.stage === stage && row.moves === moves && row.sequence === moves;
      return isRight ? [] : [`Filing ${id} was moved ${moves} times, to ${stage}; the database has ${JSON.stringify(row)}`];
    });
  }

  private async moveTo(stage: string): Promise<void> {
    const filing = this.idle.shift();
    if (!filing) throw new Error('There are fewer filings than callers');
    const { data } = await this.practice.api.expect(200, Moved, 'POST', `/vat-quarters/${filing.id}/transitions`, { stage });
    const moves = filing.moves + 1;
    if (data.id !== filing.id || data.currentStage !== stage || data.sequence !== moves) {
      throw new Error(`The move ${moves} of ${filing.id} to ${stage} was answered with ${JSON.stringify(data)}`);
    }
    this.idle.push({ id: filing.id, stage, moves });
  }
}
