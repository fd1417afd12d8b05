import { londonDateOf, londonInstant } from '../../domain/calendar/london';
import { FILING_TABLES } from '../../models/filings/filingTables';
import type { TestFiling } from '../harness/practice';
import type { TimeSkippingPractice } from '../harness/timeSkipping';

/** A row of the chase ledger, with the key of the e-mail that it went out with. */
interface LedgerRow {
  kind: string;
  deadline: string;
  planned_for: string;
  number: number | null;
  status: string;
  reason: string | null;
  sent_at: Date | null;
  email_key: string | null;
}

/** How every row of a filing's chase ledger ended, by the clock of the test server. */
export interface Ledger {
  /** What went out, by London date: `2036-04-15 ESCALATE_TO_MANAGERS PAPERWORK_REMINDER#3`. */
  sent: string[];
  /** What was suppressed, by the date it was planned for: `2036-04-22 PAPERWORK_REMINDER#4 PAPERWORK_RECEIVED`. */
  suppressed: string[];
  /** What is still to come, by its date. */
  planned: string[];
  /** What went out at another time than 09:00 in London on its planned date. */
  offSchedule: string[];
}

export async function ledgerOf(practice: TimeSkippingPractice, filing: TestFiling): Promise<Ledger> {
  const rows = await practice.rows<LedgerRow>(
    `SELECT r.kind::text, r.deadline, r.planned_for, r.number, r.status::text, r.reason, r.sent_at, e.idempotency_key AS email_key
     FROM chase_reminders r LEFT JOIN email_logs e ON e.id = r.email_id
     WHERE r.filing_id = $1 ORDER BY r.planned_for, r.kind::text, r.deadline, r.created_at`,
    [filing.filingId],
  );
  const wentOut = rows
    .filter(({ status }) => status === 'SENT')
    .map((row) => ({ row, at: row.email_key === null ? row.sent_at?.getTime() : emailTime(practice, row.email_key) }))
    .map(({ row, at = 0 }) => ({ row, at, date: londonDateOf(at) }));
  const dates = [...new Set(wentOut.map(({ date }) => date))].toSorted();
  const endedAs = (wanted: string): LedgerRow[] => rows.filter(({ status }) => status === wanted);
  return {
    sent: dates.map((date) => [date, ...wentOut.filter((sent) => sent.date === date).map(({ row }) => name(row))].join(' ')),
    suppressed: endedAs('SUPPRESSED').map((row) => `${row.planned_for} ${name(row)} ${row.reason ?? 'without a reason'}`),
    planned: endedAs('PLANNED').map((row) => `${row.planned_for} ${name(row)}`),
    offSchedule: wentOut
      .filter(({ row, at }) => !isOnTime(at, londonInstant(row.planned_for, '09:00')))
      .map(({ row, at }) => `${row.planned_for} ${name(row)} at ${new Date(at).toISOString()}`),
  };
}

/** Of what went out, by date, only the kinds that begin with one of these names: `2036-04-15 PAPERWORK_REMINDER#3`. */
export function only({ sent }: Pick<Ledger, 'sent'>, ...kinds: string[]): string[] {
  return sent.flatMap((day) => {
    const [date, ...names] = day.split(' ');
    return names.filter((name) => kinds.some((kind) => name.startsWith(kind))).map((name) => `${date} ${name}`);
  });
}

/** Who was alerted of what: `2036-04-15 ESCALATE_TO_MANAGERS Mo Manager`; the date is the one it was planned for. */
export async function alertsOf(practice: TimeSkippingPractice, filing: TestFiling, type: string): Promise<string[]> {
  const rows = await practice.rows<{ alert: string }>(
    `SELECT split_part(n.dedupe_key, '/', 4) || ' ' || u.name AS alert
     FROM notifications n JOIN users u ON u.id = n.user_id WHERE n.filing_id = $1 AND n.type = $2 ORDER BY 1`,
    [filing.filingId, type],
  );
  return rows.map(({ alert }) => alert);
}

/** A filing's moves as its history tells them: `1 PAPERWORK_PENDING_CHASE → PAPERWORK_CHASED by system (SYSTEM, TIMER) on 2036-04-01`. */
export async function movesOf(practice: TimeSkippingPractice, filing: TestFiling): Promise<string[]> {
  const rows = await practice.rows<{ move: string; at: Date }>(
    `SELECT format('%s %s → %s by %s (%s, %s)', sequence, from_stage, to_stage, user_name, user_role, source) AS move,
       stage_changed_at AS at
     FROM ${FILING_TABLES[filing.kind].historyTable} WHERE filing_id = $1 ORDER BY sequence`,
    [filing.filingId],
  );
  return rows.map(({ move, at }) => `${move} on ${londonDateOf(at.getTime())}`);
}

function name({ kind, deadline, number }: LedgerRow): string {
  return `${kind}${deadline === '' ? '' : `:${deadline}`}${number === null ? '' : `#${number}`}`;
}

function emailTime(practice: TimeSkippingPractice, key: string): number | undefined {
  return practice.sent.find(({ idempotencyKey }) => idempotencyKey === key)?.at;
}

/** The clock of the test server runs on by itself while a task is worked on. */
function isOnTime(at: number, planned: number): boolean {
  return at >= planned && at < planned + 60_000;
}
