import { randomUUID } from 'node:crypto';
import { waitUntil } from '../../embedded/runningProcess';
import type { ApiCaller } from '../harness/apiCaller';
import type { Answer, Filing, Move } from './filings';
import type { LiveSystem } from './liveSystem';

const DECIDED = new Set([200, 409]);
/** Long enough for a worker that is killed three times in a row on a slow machine. */
const SETTLED_MS = 180_000;

/** Whoever asks for moves. */
type MoveCaller = Pick<ApiCaller, 'post'>;

/** The next move of a filing: records come in, then work and queries take turns. */
export function nextMove(filing: Filing): Move {
  const number = filing.moves.length;
  const stage = number === 0 ? 'PAPERWORK_RECEIVED' : number % 2 === 1 ? 'WORK_IN_PROGRESS' : 'QUERIES_PENDING';
  return newMove(filing, stage);
}

/** A move that is to be asked for, under a key of its own. */
function newMove(filing: Filing, stage: string): Move {
  const move = { filing, stage, key: randomUUID(), answers: [] };
  filing.moves.push(move);
  return move;
}

/** Asks for a move once; waits for the outcome as long as `prefer` says. */
export async function ask(caller: MoveCaller, move: Move, prefer = 'wait=5'): Promise<Answer> {
  const headers = { 'idempotency-key': move.key, prefer };
  const answer = await caller.post(`${move.filing.path}/transitions`, { stage: move.stage }, headers).then(
    ({ status, body }): Answer => ({ status, body, message: body.message }),
    (error: unknown): Answer => ({ status: undefined, body: null, message: String(error) }),
  );
  move.answers.push(answer);
  return answer;
}

/** Asks for a move with its one key until it is decided. Throws where it is not within minutes. */
export async function settle(caller: MoveCaller, move: Move): Promise<Answer> {
  let answer: Answer | undefined;
  const isDecided = async (): Promise<boolean> => {
    answer = await ask(caller, move);
    return answer.status !== undefined && DECIDED.has(answer.status);
  };
  if ((await waitUntil(isDecided, SETTLED_MS)) && answer) return answer;
  throw new Error(`${move.filing.workflowId} to ${move.stage} (key ${move.key}) was never decided: ${answer?.message}`);
}

/** Callers who move their filings one after another until they are told to stop. */
export class Callers {
  private isOver = false;
  private readonly running: Promise<void[]>;

  /** Each caller has filings of its own, which it moves in turn. */
  constructor(caller: MoveCaller, filings: readonly (readonly Filing[])[]) {
    this.running = Promise.all(filings.map((own) => this.moveOn(caller, own)));
    // Whoever waits for the callers hears of it; until then it is nobody's failure.
    this.running.catch(() => {});
  }

  /** Lets every caller end the move that it is at. Throws where one was never decided. */
  async stop(): Promise<void> {
    this.isOver = true;
    await this.running;
  }

  private async moveOn(caller: MoveCaller, own: readonly Filing[]): Promise<void> {
    while (!this.isOver) for (const filing of own) if (!this.isOver) await settle(caller, nextMove(filing));
  }
}

/** The move's answer that decided it. */
export function decisionOf({ answers }: Move): Answer | undefined {
  return answers.find(({ status }) => status !== undefined && DECIDED.has(status));
}

export function movesOf(filings: readonly Filing[]): Move[] {
  return filings.flatMap(({ moves }) => moves);
}

/** What a filing's tables say of one move. */
interface Trace {
  key: string;
  status: string | null;
  moves: number;
}

/**
 * What was lost or done twice, in words: every move with a 200 is applied and stands in the history once, every one with a 409 is
 * refused and stands there not at all, and the history has nothing that nobody asked for.
 */
export async function discrepancies(system: Pick<LiveSystem, 'rows'>, filings: readonly Filing[]): Promise<string[]> {
  const found: string[] = [];
  for (const filing of filings) {
    const traces = await system.rows<Trace>(
      `SELECT r.idempotency_key AS key, r.status::text AS status, count(h.id)::int AS moves
       FROM filing_requests r LEFT JOIN vat_workflow_history h ON h.transition_id = r.id
       WHERE r.filing_id = $1 GROUP BY r.id`,
      [filing.id],
    );
    const byKey = new Map(traces.map((trace) => [trace.key, trace]));
    for (const move of filing.moves) {
      const isApplied = decisionOf(move)?.status === 200;
      const expected = isApplied ? 'APPLIED, 1 moves' : 'REJECTED, 0 moves';
      const trace = byKey.get(move.key);
      const actual = trace ? `${trace.status}, ${trace.moves} moves` : 'lost';
      if (actual !== expected) found.push(`${filing.workflowId} to ${move.stage}: ${actual} instead of ${expected}`);
    }
    const applied = filing.moves.filter((move) => decisionOf(move)?.status === 200).map(({ stage }) => stage);
    const history = await system.rows<{ stage: string }>(
      'SELECT to_stage::text AS stage FROM vat_workflow_history WHERE filing_id = $1 ORDER BY sequence',
      [filing.id],
    );
    const stages = history.map(({ stage }) => stage);
    const length = Math.max(stages.length, applied.length);
    const first = Array.from({ length }, (_, index) => index).find((index) => stages[index] !== applied[index]);
    if (first !== undefined) {
      const [is, wanted] = [stages[first] ?? 'nothing', applied[first] ?? 'nothing'];
      found.push(`${filing.workflowId}: move ${first + 1} of ${length} went to ${is} instead of ${wanted}`);
    }
  }
  return found;
}
