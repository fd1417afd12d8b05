import { isDeepStrictEqual } from 'node:util';
import autocannon from 'autocannon';
import { z } from 'zod';
import { londonDateOf } from '../domain/calendar/london';
import { seedPractice } from '../models/seed/seedPractice';
import { PAGE_LIMIT } from './bareStatement';
import type { Bench } from './bench';
import { startChild } from './childProcess';
import type { Findings } from './findings';
import { HttpCaller } from './httpCaller';
import type { Part } from './part';
import { atLeast, atMost } from './part';

const CONNECTIONS = 16;
const FAR_PAGE = 1_000;
const SEED = 1;

const Ready = z.object({ port: z.number() });

/** One list that is asked for again and again: ours or the bare one, one of its pages. */
interface Target {
  url: string;
  headers: Record<string, string>;
  answered: number;
  seconds: number;
}

/** Fills the database with clients, and asks for the first page and for one far away, of the API and of the bare server by turns. */
export const listPages: Part = {
  name: 'lists',
  goals: [
    atLeast('listFirstPage', 0.5, 'first page of clients, requests/s, times the bare server'),
    atMost('listPage1000', 3, 'page 1,000 of clients, time, times page 1'),
  ],
  measure: measureListPages,
};

async function measureListPages({ practice, sizes, endings, say }: Bench): Promise<Findings> {
  say(`adding ${sizes.listedClients} clients …`);
  const { adminUrl, databaseUrl, api, apiUrl } = practice;
  await seedPractice({ adminUrl, clients: sizes.listedClients, seed: SEED, today: londonDateOf(Date.now()) });
  const { port } = Ready.parse(await startChild('bareServer.ts', { BARE_DATABASE_URL: databaseUrl }, endings));
  const bare = new HttpCaller(`http://127.0.0.1:${port}`);
  endings.add(async () => bare.close());

  const farPage = Math.min(FAR_PAGE, Math.floor(sizes.listedClients / PAGE_LIMIT));
  const violations: string[] = [];
  for (const page of [1, farPage]) {
    const path = `/clients?page=${page}`;
    const [ours, alone] = [await api.call('GET', path), await bare.call('GET', path)];
    if (!isDeepStrictEqual(ours, alone)) violations.push(`Page ${page} of the API is not the one of the bare server`);
  }

  const target = (base: string, page: number, headers = {}): Target => ({
    url: `${base}/clients?page=${page}`,
    headers,
    answered: 0,
    seconds: 0,
  });
  const [first, far] = [target(apiUrl, 1, api.headers), target(apiUrl, farPage, api.headers)];
  const bareUrl = `http://127.0.0.1:${port}`;
  const [bareFirst, bareFar] = [target(bareUrl, 1), target(bareUrl, farPage)];
  for (const one of [first, bareFirst, far, bareFar]) await ask(one, 1);
  for (const one of [first, bareFirst, far, bareFar]) Object.assign(one, { answered: 0, seconds: 0 });
  for (let round = 0; round < sizes.listRounds; round += 1) {
    for (const one of [first, bareFirst, far, bareFar]) await ask(one, sizes.listSeconds);
  }
  return {
    figures: {
      listFirstPage: perSecond(first) / perSecond(bareFirst),
      listPage1000: perSecond(first) / perSecond(far),
      listPage1000BesideBare: perSecond(far) / perSecond(bareFar),
      listFarPage: farPage,
    },
    lines: [
      `clients, page 1 of ${sizes.listedClients / PAGE_LIMIT}: ${rate(first)}, bare ${rate(bareFirst)}`,
      `clients, page ${farPage}: ${rate(far)}, bare ${rate(bareFar)}`,
    ],
    violations,
  };
}

async function ask(target: Target, seconds: number): Promise<void> {
  const { url, headers } = target;
  const result = await autocannon({ url, headers, connections: CONNECTIONS, duration: seconds });
  if (result.errors > 0 || result.non2xx > 0) {
    throw new Error(`${url}: ${result.errors} calls failed, ${result.non2xx} were not answered with 200`);
  }
  target.answered += result['2xx'];
  target.seconds += result.duration;
}

function perSecond({ answered, seconds }: Target): number {
  return answered / seconds;
}

function rate(target: Target): string {
  return `${perSecond(target).toFixed(0)} requests/s`;
}
