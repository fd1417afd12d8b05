import { setTimeout as pause } from 'node:timers/promises';
import { waitUntil } from '../embedded/runningProcess';
import type { BareEngine } from './bareEngine';
import type { Bench } from './bench';
import type { BenchPractice } from './benchPractice';
import { CpuClock } from './cpuClock';
import type { DueFilings } from './dueFilings';
import { areSent, openDueFilings } from './dueFilings';
import type { Findings } from './findings';
import type { Part } from './part';
import { atMost } from './part';

const ALL_WITHIN_MS = 15 * 60_000;
/** How long before their instant bare timers are started. */
const BARE_LEAD_MS = 4_000;
const BARE_LEAD_MS_EACH = 30;
/** What so many bare timers take at most, from their start until all have fired, if they are to be over before ours. */
const BARE_MS_EACH = 90;
/** Between two looks at whether all are sent: each costs PostgreSQL as much as some reminders do. */
const LOOK_MS = 1_000;
/** After the last one: what comes twice comes by then. */
const QUIET_MS = 3_000;

/** Filings whose reminder falls due in the same instant, beside as many bare workflows that wait for one. */
export const reminders: Part = {
  name: 'reminders',
  goals: [atMost('reminders', 2, 'reminders due in the same instant, time, times bare timers')],
  measure: measureReminders,
};

async function measureReminders({ practice, bare: engine, sizes: { reminders: count }, say }: Bench): Promise<Findings> {
  say(`opening ${count} filings, and waiting for the minute in which they fall due …`);
  const due = await openDueFilings(practice, count);
  const isTimeEnough = due.instant - Date.now() > 2 * BARE_LEAD_MS + count * BARE_MS_EACH;
  const bareBefore = isTimeEnough ? await fireBare(engine, count) : undefined;
  await waitUntil(() => Date.now() >= due.instant, ALL_WITHIN_MS);
  const cpu = new CpuClock(practice.dataDir);
  const isEverySent = await cpu.during(() => waitUntil(() => areSent(practice, due.ids), ALL_WITHIN_MS, LOOK_MS));
  await pause(QUIET_MS);
  const violations = [
    ...(isEverySent ? [] : [`Not all of ${count} reminders were sent`]),
    ...(await recordedAmiss(practice, due)),
    ...(await acceptedAmiss(practice, due)),
  ];
  const seconds = ((await lastSentAt(practice, due)) - due.instant) / 1000;
  const bareSeconds = bareBefore ?? (await fireBare(engine, count));
  return {
    figures: { reminders: seconds / bareSeconds, remindersSeconds: seconds, remindersBareSeconds: bareSeconds },
    lines: [
      `${count} reminders due in the same instant: all sent and recorded after ${seconds.toFixed(1)} s; ` +
        `as many bare timers with one activity each: ${bareSeconds.toFixed(1)} s`,
      `processor time of a reminder: ${cpu.perRun(count)}`,
    ],
    violations,
  };
}

/** Seconds from the instant for which bare workflows wait until the last of their activities has run. */
async function fireBare(engine: BareEngine, count: number): Promise<number> {
  for (let leadMs = BARE_LEAD_MS + count * BARE_LEAD_MS_EACH; ; leadMs *= 2) {
    const instant = Date.now() + leadMs;
    await engine.startTimers(count, instant);
    const isInTime = Date.now() < instant;
    const fired = (): number[] => engine.fired.filter((one) => one.instant === instant).map(({ at }) => at);
    if (!(await waitUntil(() => fired().length >= count, leadMs + ALL_WITHIN_MS))) throw new Error('Not all bare timers fired');
    if (isInTime) return (Math.max(...fired()) - instant) / 1000;
  }
}

/** When the last reminder was recorded as sent (epoch ms). */
async function lastSentAt({ db }: BenchPractice, { ids }: DueFilings): Promise<number> {
  const { rows } = await db.query<{ last: Date | null }>(
    `SELECT max(greatest(r.sent_at, e.sent_at)) AS last FROM chase_reminders r JOIN email_logs e ON e.id = r.email_id
     WHERE r.filing_id = ANY($1)`,
    [ids],
  );
  return rows[0]?.last?.getTime() ?? Number.NaN;
}

/** Filings that do not have one reminder sent, by one e-mail, with one step of the filing, and none of it early. */
async function recordedAmiss({ db }: BenchPractice, { ids, instant }: DueFilings): Promise<string[]> {
  const { rows } = await db.query<{ id: string; sent: number; emails: number; moves: number; first: Date | null }>(
    `SELECT f.id, (SELECT count(*) FROM chase_reminders r WHERE r.filing_id = f.id AND r.status = 'SENT') AS sent,
       (SELECT count(*) FROM email_logs e WHERE e.filing_id = f.id) AS emails,
       (SELECT count(*) FROM vat_workflow_history h WHERE h.filing_id = f.id AND h.source = 'TIMER') AS moves,
       least((SELECT min(r.sent_at) FROM chase_reminders r WHERE r.filing_id = f.id),
         (SELECT min(h.stage_changed_at) FROM vat_workflow_history h WHERE h.filing_id = f.id)) AS first
     FROM vat_quarters f WHERE f.id = ANY($1)`,
    [ids],
  );
  const isRight = (row: (typeof rows)[number]): boolean =>
    row.sent === 1 && row.emails === 1 && row.moves === 1 && (row.first?.getTime() ?? 0) >= instant;
  return rows.flatMap((row) => (isRight(row) ? [] : [`A filing's one reminder is recorded as ${JSON.stringify(row)}`]));
}

/** What the provider was sent: one e-mail to each client, none early, no key with two e-mails. */
async function acceptedAmiss({ db, mail }: BenchPractice, { ids, instant }: DueFilings): Promise<string[]> {
  const { rows } = await db.query<{ email: string }>(
    'SELECT c.contact_email AS email FROM vat_quarters f JOIN clients c ON c.id = f.client_id WHERE f.id = ANY($1)',
    [ids],
  );
  const wanted = new Set(rows.map(({ email }) => email));
  const accepted = [...mail.accepted.values()].filter(({ to }) => wanted.has(to));
  const early = accepted.filter(({ at }) => at < instant).length;
  const written = new Set(accepted.map(({ to }) => to)).size;
  return [
    ...mail.problems,
    ...(early > 0 ? [`${early} e-mails were sent early`] : []),
    ...(accepted.length === wanted.size && written === wanted.size
      ? []
      : [`${wanted.size} reminders became ${accepted.length} e-mails to ${written} people`]),
  ];
}
