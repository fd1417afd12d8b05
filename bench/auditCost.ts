import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { z } from 'zod';
import { sealAuditRows } from '../models/audit/seal';
import type { Bench } from './bench';
import { startChild } from './childProcess';
import type { Findings } from './findings';
import { freePort } from '../embedded/ports';
import { HttpCaller } from './httpCaller';
import type { Part } from './part';
import { atMost } from './part';
import type { Series } from './series';
import { joined, measure, percentile, perSecond } from './series';

const WRITERS = 8;
const SEAL_EVERY_MS = 1_000;
const ROWS_PER_SEAL = 5_000;

const Changed = z.object({ data: z.object({ contactPhone: z.string() }) });

/** Changes of clients over HTTP, with their rows in the activity log and a sealer at work, beside the same API without these statements. */
export const auditCost: Part = {
  name: 'audit',
  goals: [atMost('auditedWrites', 1.1, 'changes of clients with the audit, time, times those without')],
  measure: measureAuditCost,
};

async function measureAuditCost({ practice, sizes, endings }: Bench): Promise<Findings> {
  const { api, db } = practice;
  const port = await freePort();
  await startChild('unauditedApi.ts', { PORT: String(port) }, endings);
  const unauditedApi = new HttpCaller(`http://127.0.0.1:${port}/api/v1`, api.headers);
  endings.add(async () => unauditedApi.close());
  const clients = await clientsOf(db);
  let changes = 0;
  const write = async (caller: HttpCaller): Promise<void> => {
    changes += 1;
    const contactPhone = String(changes);
    const { data } = await caller.expect(200, Changed, 'PATCH', `/clients/${clients[changes % clients.length]}`, {
      contactPhone,
    });
    if (data.contactPhone !== contactPhone) throw new Error('A change of a client was answered with another');
  };
  const writes = (caller: HttpCaller): Promise<Series> => measure(WRITERS, sizes.auditedWrites, () => write(caller));

  for (const caller of [api, unauditedApi]) await writes(caller);
  const before = await countLogs(db);
  const rounds: { audited: Series; unaudited: Series }[] = [];
  for (let round = 0; round < sizes.auditRounds; round += 1) {
    rounds.push({ audited: await whileSealing(db, () => writes(api)), unaudited: await writes(unauditedApi) });
  }
  const logged = (await countLogs(db)) - before;
  const audited = joined(rounds.map((round) => round.audited));
  const unaudited = joined(rounds.map((round) => round.unaudited));
  const written = audited.milliseconds.length;
  return {
    figures: { auditedWrites: perSecond(unaudited) / perSecond(audited) },
    lines: [`change of a client, ${WRITERS} at a time: with the audit ${described(audited)}, without ${described(unaudited)}`],
    violations: logged === written ? [] : [`${written} changes of clients left ${logged} rows in the activity log`],
  };
}

/** Chains what is written, far more often than the Schedule does, for as long as some work takes. */
async function whileSealing<T>(db: Pool, work: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  const seal = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await sealAuditRows(db, ROWS_PER_SEAL);
      await pause(SEAL_EVERY_MS, undefined, { signal: over.signal }).catch(() => {});
    }
  };
  const sealing = seal();
  try {
    return await work();
  } finally {
    over.abort();
    await sealing;
  }
}

async function clientsOf(db: Pool): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>('SELECT id FROM clients ORDER BY id LIMIT 200');
  return rows.map(({ id }) => id);
}

/** Rows that changes of clients left. */
async function countLogs(db: Pool): Promise<number> {
  const { rows } = await db.query<{ logged: number }>(
    `SELECT count(*) AS logged FROM activity_logs WHERE action = 'CLIENT_UPDATED'`,
  );
  return rows[0]?.logged ?? 0;
}

function described(series: Series): string {
  return `${perSecond(series).toFixed(0)}/s, p50 ${percentile(series, 0.5).toFixed(1)} ms`;
}
