import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { londonDateOf } from '../domain/calendar/london';
import { waitUntil } from '../embedded/runningProcess';
import { openFilings } from './benchFilings';
import type { BenchPractice } from './benchPractice';
import type { HttpCaller } from './httpCaller';

const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 20 * MINUTE_MS;
/** On top of the time that opening took before. */
const SPARE_MS = 8_000;
const SLOWER_THAN_BEFORE = 1.5;

const Policy = z.object({ data: z.object({ version: z.int() }) });

/** Nothing but the one reminder to each client falls due. */
const ONLY_CLIENT_REMINDERS = {
  firstReminderAfterDays: 1,
  warningDaysBefore: [],
  stuckAfterDays: 365,
  escalateToManagersAfterReminders: 100,
  escalateToPartnersDaysBefore: 0,
  lastSendTime: '23:59',
  workingDaysOnly: false,
};

/** Filings, each of a client of its own, whose first reminder falls due in one instant (epoch ms). */
export interface DueFilings {
  ids: string[];
  instant: number;
}

/**
 * Opens filings that have all planned their reminder for an instant that is still to come: a whole minute, for a policy names its send
 * time so. Where the machine is so slow that the instant came first, others are opened for a later one.
 */
export async function openDueFilings(practice: BenchPractice, count: number): Promise<DueFilings> {
  const { openedPerSecond } = practice.opening;
  for (let leadMs = SPARE_MS + (count / openedPerSecond) * 1000 * SLOWER_THAN_BEFORE; ; leadMs *= 2) {
    await untilDayIsLongEnough();
    const instant = Math.ceil((Date.now() + leadMs) / MINUTE_MS) * MINUTE_MS;
    await setSendTime(practice.api, instant);
    const ids = await openFilings(practice, count, 'endedVatMonth');
    if (await waitUntil(() => arePlanned(practice, ids, instant), instant - Date.now())) return { ids, instant };
    await waitUntil(() => areSent(practice, ids), LONGEST_WAIT_MS);
  }
}

/** Whether every filing has one reminder recorded as sent, by an e-mail recorded as sent. */
export async function areSent({ db }: BenchPractice, ids: readonly string[]): Promise<boolean> {
  const { rows } = await db.query<{ sent: number }>(
    `SELECT count(DISTINCT r.filing_id) AS sent FROM chase_reminders r JOIN email_logs e ON e.id = r.email_id
     WHERE r.filing_id = ANY($1) AND r.status = 'SENT' AND e.status = 'SENT'`,
    [ids],
  );
  return rows[0]?.sent === ids.length;
}

async function arePlanned({ db }: BenchPractice, ids: readonly string[], instant: number): Promise<boolean> {
  const { rows } = await db.query<{ planned: number }>(
    `SELECT count(*) AS planned FROM chase_reminders
     WHERE filing_id = ANY($1) AND status = 'PLANNED' AND kind = 'PAPERWORK_REMINDER' AND planned_at = $2`,
    [ids, new Date(instant)],
  );
  return rows[0]?.planned === ids.length;
}

async function setSendTime(api: HttpCaller, instant: number): Promise<void> {
  const sendTime = new Date(instant).toLocaleTimeString('en-GB', { timeZone: 'Europe/London', timeStyle: 'short' });
  await api.expect(200, Policy, 'PUT', '/settings/chase-policies/vat', { ...ONLY_CLIENT_REMINDERS, sendTime });
}

/** The send time is a time of today: shortly before midnight the bench waits for tomorrow. */
async function untilDayIsLongEnough(): Promise<void> {
  const isShort = (): boolean => londonDateOf(Date.now()) !== londonDateOf(Date.now() + LONGEST_WAIT_MS);
  while (isShort()) await pause(1_000);
}
