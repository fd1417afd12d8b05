import { Client } from 'pg';
import { SPREAD_MS } from '../../domain/chasing/spread';
import { waitUntil } from '../../embedded/runningProcess';
import type { ApiCaller } from '../harness/apiCaller';
import type { Answer, Filing } from './filings';
import { addClient, openQuarter, openQuarters, untilStarted } from './filings';
import { LiveSystem } from './liveSystem';
import { ask, Callers, decisionOf, discrepancies, movesOf, nextMove, settle } from './moves';
import { PARTS } from './parts';
import { isHealthy, planStorm, rage } from './storm';

const FILINGS = 20;
const CALLERS = 8;
const RECOVERED_MS = 60_000;
const HEALTHY_MS = 15_000;
const STORM_SECONDS = Number(process.env['FAULT_SECONDS'] ?? 60);

jest.setTimeout(240_000);

let system: LiveSystem;
let partner: ApiCaller;
let filings: Filing[];
let probe: Filing;

beforeAll(async () => {
  system = await LiveSystem.start();
  partner = await system.partner();
  filings = await openQuarters(system, partner, FILINGS);
  probe = await openQuarter(partner, 'Probe');
});

afterAll(() => system?.stop());

afterEach(async () => {
  expect(await discrepancies(system, filings)).toEqual([]);
  await system.untilDecided();
  expect(await system.audit()).toEqual({ exitCode: 0, lines: expect.arrayContaining(['0 violations']) });
});

/** Waits until every part is there again and moves filings. */
function untilRecovered(): Promise<void> {
  return system.until('it is healthy', () => isHealthy(system, partner, probe), RECOVERED_MS);
}

/** Answers that callers could not make sense of. */
function unclear(answers: readonly Answer[]): Answer[] {
  const isClear = ({ status, message }: Answer): boolean =>
    status === 200 || status === 202 || status === 409 || (status === 503 && message.includes('try again'));
  return answers.filter((answer) => !isClear(answer));
}

async function settleAll(): Promise<void> {
  await Promise.all(
    movesOf(filings)
      .filter((move) => !decisionOf(move))
      .map((move) => settle(partner, move)),
  );
}

it('stores what is asked for while the worker is killed, and carries each move out once when it is back', async () => {
  system.kill('worker');
  const answers = await Promise.all(filings.map((filing) => ask(partner, nextMove(filing), 'wait=1')));
  expect(unclear(answers)).toEqual([]);
  expect(answers.some(({ status }) => status === 202)).toBe(true);
  await settleAll();
});

it('stores what is asked for while Temporal is killed, new clients too, and carries everything out when it is back', async () => {
  const late = await system.whileDown('temporal', async () => {
    const [answers, client] = await Promise.all([
      Promise.all(filings.map((filing) => ask(partner, nextMove(filing), 'wait=1'))),
      openQuarter(partner, 'Born in an outage'),
    ]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    return client;
  });
  await untilStarted(system, [late]);
  await settleAll();
  filings.push(late);
});

it('carries a request out once that the API had stored, and not sent, when it was killed', async () => {
  const moves = filings.slice(0, 4).map(nextMove);
  const keys = moves.map(({ key }) => key);
  const stored = 'SELECT FROM filing_requests WHERE idempotency_key = ANY($1)';
  const answers = await system.whileDown('temporal', async () => {
    const asked = Promise.all(moves.map((move) => ask(partner, move)));
    await system.until('they are stored', async () => (await system.rows(stored, [keys])).length === keys.length, 10_000);
    system.kill('api');
    return await asked;
  });
  expect(answers.map(({ status }) => status)).toEqual(keys.map(() => undefined));
  for (const move of moves) expect(await settle(partner, move)).toMatchObject({ status: 200 });
  for (const move of moves) expect((await ask(partner, move)).body).toEqual(decisionOf(move)?.body);
});

it('carries out what the relay was about to hand over when its worker was killed, within a minute', async () => {
  const moves = filings.slice(4, 8).map(nextMove);
  const answers = await system.whileDown('temporal', () => Promise.all(moves.map((move) => ask(partner, move, 'wait=1'))));
  expect(answers.map(({ status }) => status)).toEqual(moves.map(() => 202));
  const blocker = new Client(await system.databaseUrl());
  await blocker.connect();
  try {
    await blocker.query('BEGIN');
    await blocker.query('LOCK TABLE filing_requests IN ACCESS EXCLUSIVE MODE');
    const waiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'SELECT id, kind%FROM filing_requests%'`;
    await system.until('the relay waits', async () => (await system.rows(waiting)).length > 0, RECOVERED_MS);
    system.kill('worker');
  } finally {
    await blocker.end();
  }
  const isDecided = async (): Promise<boolean> =>
    (await Promise.all(moves.map((move) => ask(partner, move, 'wait=1')))).every(({ status }) => status === 200);
  await system.until('all are carried out', isDecided, RECOVERED_MS);
});

it('tells callers to try again while PostgreSQL is killed under them, and answers the same key as it was answered', async () => {
  const callers = new Callers(
    partner,
    filings.slice(0, 16).map((filing) => [filing]),
  );
  const before = movesOf(filings).length;
  await system.until('they are under way', () => movesOf(filings).length > before + 64, 30_000);
  const isTold = (): boolean => movesOf(filings).some(({ answers }) => answers.some(({ status }) => status === 503));
  await system.whileDown('postgres', () => system.until('a caller is told', isTold, 30_000));
  await untilRecovered();
  await callers.stop();
  const moves = movesOf(filings).slice(before);
  expect(unclear(moves.flatMap(({ answers }) => answers))).toEqual([]);
  for (const move of moves) expect((await ask(partner, move)).body).toEqual(decisionOf(move)?.body);
});

it('goes on where it was when npm start is killed and started again', async () => {
  const callers = new Callers(
    partner,
    filings.slice(0, CALLERS).map((filing) => [filing]),
  );
  const left = PARTS.map((part) => system.pid(part));
  expect(left).not.toContain(undefined);
  system.killSupervisor();
  await system.launch();
  const started = PARTS.map((part) => system.pid(part));
  expect(started).not.toContain(undefined);
  expect(started.filter((pid) => left.includes(pid))).toEqual([]);
  await untilRecovered();
  await callers.stop();
});

it('does nothing twice when a task is lost whose decisions are committed already', async () => {
  // One whose moves could all be made a second time, and one whose first move sets a milestone.
  const [turning, fresh] = [await openQuarter(partner, 'Turning'), await openQuarter(partner, 'Fresh')];
  filings.push(turning, fresh);
  while (turning.moves.length < 2) await settle(partner, nextMove(turning));
  const moves = [nextMove(turning), nextMove(turning), nextMove(fresh)];
  const blocker = new Client(await system.databaseUrl());
  await blocker.connect();
  try {
    await system.whileDown('worker', async () => {
      for (const move of moves) expect((await ask(partner, move, 'wait=1')).status).toBe(202);
      await blocker.query('BEGIN');
      await blocker.query('SELECT FROM vat_quarters WHERE id = ANY($1) FOR UPDATE', [[turning.id, fresh.id]]);
    });
    const waiting = `SELECT FROM pg_stat_activity WHERE application_name = 'numericalz-worker' AND wait_event_type = 'Lock'`;
    await system.until('the worker waits for both', async () => (await system.rows(waiting)).length > 1, RECOVERED_MS);
    system.freeze('temporal');
    await blocker.query('COMMIT');
  } finally {
    await blocker.end();
  }
  const keys = moves.map(({ key }) => key);
  const applied = `SELECT FROM filing_requests WHERE idempotency_key = ANY($1) AND status = 'APPLIED'`;
  await system.until('all are committed', async () => (await system.rows(applied, [keys])).length === keys.length, 10_000);
  // Temporal never heard of it: the task comes again, to another worker.
  system.kill('temporal');
  system.kill('worker');
  await untilRecovered();
  for (const move of moves) expect(await settle(partner, move)).toMatchObject({ status: 200 });
  expect(await settle(partner, nextMove(turning))).toMatchObject({ status: 200 });
});

describe('reminders', () => {
  const CLIENTS = 30;
  const KILLS = 3;
  const UNDER_WAY = 3;

  it('that fall due while the worker is down, or is killed while it sends them, go out once each', async () => {
    const dueAt = Math.ceil((Date.now() + 15_000) / 60_000) * 60_000;
    const sendTime = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', timeStyle: 'short' }).format(dueAt);
    const policy = { sendTime, lastSendTime: sendTime, workingDaysOnly: false };
    expect((await partner.put('/settings/chase-policies/vat', policy)).status).toBe(200);
    const monthly = { vatFrequency: 'Monthly', vatRegistrationDate: '2020-01-01' };
    const names = Array.from({ length: CLIENTS }, (_, index) => `Monthly ${index + 1}`);
    const ids = (await Promise.all(names.map((name) => addClient(partner, name, monthly)))).map(({ id }) => id);
    const unstarted = 'SELECT FROM vat_quarters WHERE client_id = ANY($1) AND run_id IS NULL';
    await system.until('all are started', async () => (await system.rows(unstarted, [ids])).length === 0, RECOVERED_MS);
    const { provider } = system;
    await system.whileDown('worker', () => system.until('they are due', () => Date.now() > dueAt + SPREAD_MS, 120_000));
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const isSending = await waitUntil(() => provider.underWay >= UNDER_WAY, 30_000);
      if (isSending) system.kill('worker');
      await system.until('nothing is being sent', () => provider.underWay === 0, 10_000);
    }
    const outstanding = `SELECT FROM email_logs WHERE client_id = ANY($1) AND status = 'PENDING'`;
    const isSent = async (): Promise<boolean> =>
      provider.tries.size >= CLIENTS && (await system.rows(outstanding, [ids])).length === 0;
    await system.until('all are sent', isSent, RECOVERED_MS);

    const emails = await system.rows<{ status: string; key: string }>(
      'SELECT status::text, idempotency_key AS key FROM email_logs WHERE client_id = ANY($1)',
      [ids],
    );
    expect(emails.map(({ status }) => status)).toEqual(ids.map(() => 'SENT'));
    expect([...provider.tries.keys()].toSorted()).toEqual(emails.map(({ key }) => key).toSorted());
    expect(provider.changed).toEqual([]);
    const repeated = [...provider.tries.values()].filter((tries) => tries > 1);
    expect(repeated.length).toBeGreaterThanOrEqual(UNDER_WAY);
    const rows = await system.rows<{ status: string }>(
      `SELECT status::text FROM chase_reminders WHERE client_id = ANY($1) AND recipient = 'CLIENT' AND planned_for <= current_date`,
      [ids],
    );
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['SENT']));
  });
});

it(
  'loses nothing and does nothing twice in a storm of faults, and is healthy soon after it',
  async () => {
    const seed = Number(process.env['FAULT_SEED'] ?? Date.now() % 1_000_000);
    const faults = planStorm(seed, STORM_SECONDS);
    const list = faults.map(({ at, part, kind }) => `${(at / 1000).toFixed(1)} s ${kind} ${part}`);
    console.log(`Storm with FAULT_SEED=${seed}: ${list.join(', ')}`);
    const before = movesOf(filings).length;
    const own = Array.from({ length: CALLERS }, (_, caller) => filings.filter((_, index) => index % CALLERS === caller));
    const callers = new Callers(partner, own);
    await rage(system, faults);
    const endedAt = Date.now();
    await system.until('it is healthy', () => isHealthy(system, partner, probe), HEALTHY_MS);
    const healthyAfter = (Date.now() - endedAt) / 1000;
    await callers.stop();
    console.log(`${movesOf(filings).length - before} moves in the storm; healthy ${healthyAfter} s after its last fault`);
  },
  (STORM_SECONDS + 240) * 1000,
);
