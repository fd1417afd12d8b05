import { z } from 'zod';
import type { IsoDate } from '../domain/calendar/dates';
import { addDays, addMonths, endOfMonth } from '../domain/calendar/dates';
import { londonDateOf } from '../domain/calendar/london';
import { waitUntil } from '../embedded/runningProcess';
import type { BenchPractice } from './benchPractice';
import { atOnce } from './series';

const CLIENTS_AT_ONCE = 8;
const STARTED_WITHIN_MS = 300_000;

const NewClient = z.object({ data: z.object({ openFilings: z.array(z.object({ id: z.string() })) }) });

/** A client's one filing: a VAT month that runs, one that has ended and is not due yet, or the accounts of a year that runs. */
type FilingShape = 'runningVatMonth' | 'endedVatMonth' | 'runningAccounts';

let made = 0;

/** Adds clients with one filing each through the API, and waits until every filing's workflow runs. Gives the filings' ids. */
export async function openFilings(practice: BenchPractice, count: number, shape: FilingShape): Promise<string[]> {
  const { api, db } = practice;
  const startedAt = performance.now();
  const ids: string[] = [];
  const fields = fieldsOf(shape, londonDateOf(Date.now()));
  await atOnce(CLIENTS_AT_ONCE, count, async () => {
    made += 1;
    const contact = { contactName: 'Casey Contact', contactEmail: `casey.${made}@example.com` };
    const client = { companyName: `Bench Trading ${made}`, ...contact, ...fields };
    const { data } = await api.expect(201, NewClient, 'POST', '/clients', client);
    const [filing, another] = data.openFilings;
    if (!filing || another) throw new Error(`A client of the bench has ${data.openFilings.length} filings instead of one`);
    ids.push(filing.id);
  });
  const areRunning = await waitUntil(async () => {
    const { rows } = await db.query<{ running: number }>(
      `SELECT (SELECT count(*) FROM vat_quarters WHERE id = ANY($1) AND run_id IS NOT NULL)
         + (SELECT count(*) FROM ltd_accounts_workflows WHERE id = ANY($1) AND run_id IS NOT NULL) AS running`,
      [ids],
    );
    return rows[0]?.running === count;
  }, STARTED_WITHIN_MS);
  if (!areRunning) throw new Error(`Not all of ${count} filings were started`);
  practice.opening.openedPerSecond = (count * 1000) / (performance.now() - startedAt);
  return ids;
}

function fieldsOf(shape: FilingShape, today: IsoDate): Record<string, string | boolean> {
  const thisMonth = `${today.slice(0, 8)}01`;
  if (shape === 'runningAccounts') {
    return {
      companyType: 'LIMITED_COMPANY',
      incorporationDate: addMonths(thisMonth, -66),
      lastAccountsMadeUpTo: endOfMonth(addMonths(thisMonth, -6)),
      nextYearEnd: endOfMonth(addMonths(thisMonth, 6)),
    };
  }
  const monthly = { companyType: 'NON_LIMITED_COMPANY', isVatEnabled: true, vatFrequency: 'Monthly' };
  return shape === 'runningVatMonth'
    ? { ...monthly, vatRegistrationDate: thisMonth }
    : { ...monthly, vatRegistrationDate: addMonths(thisMonth, -1), vatDeregistrationDate: addDays(thisMonth, -1) };
}
