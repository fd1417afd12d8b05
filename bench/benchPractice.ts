import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { Pool } from 'pg';
import { startSystem } from '../embedded/system';
import { findTool, TEMPORAL_CLI } from '../embedded/tools';
import { createPool } from '../models/pool';
import { withEmbeddedDefaults } from '../settings/embeddedSettings';
import { loadSettings, required, SETTING_NAMES } from '../settings/settings';
import type { Endings } from './endings';
import { freePort } from '../embedded/ports';
import { HttpCaller } from './httpCaller';
import { MailStandIn } from './mailStandIn';

/** Shared with `npm start` and the tests, so that nothing is installed for each run. */
const TOOLS_DIR = resolve(__dirname, '..', '.data', 'tools');
const PASSWORD = 'Bench-Password-1';
/** Room for every filing that is opened here: what is measured is open filings in memory, not their being read again. */
const CACHED_WORKFLOWS = 20_000;

/** Everything that runs for one bench. */
export interface BenchPractice {
  /** Where `/api/v1` is. */
  apiUrl: string;
  databaseUrl: string;
  adminUrl: string;
  temporalAddress: string;
  temporal: Client;
  /** The first partner. */
  api: HttpCaller;
  db: Pool;
  mail: MailStandIn;
  /** The folder with everything of this practice; the ids of its processes are in `run`. */
  dataDir: string;
  /** How quickly filings were opened the last time. */
  opening: { openedPerSecond: number };
}

/**
 * Starts PostgreSQL, Temporal, worker and API in a temporary folder, as `npm start` does, and signs the first partner in. `chosen`:
 * settings by name, to be measured in the place of their defaults.
 */
export async function startPractice(
  endings: Endings,
  chosen: Record<string, string>,
  say: (line: string) => void,
): Promise<BenchPractice> {
  const dataDir = mkdtempSync(join(tmpdir(), 'numericalz-bench-'));
  endings.add(async () => rmSync(dataDir, { recursive: true, force: true }));
  // PostgreSQL runs as a user of its own where the bench runs as root.
  chmodSync(dataDir, 0o755);
  const mail = await MailStandIn.start(await freePort());
  endings.add(() => mail.stop());
  await setEnvironment(dataDir, mail.url, chosen, say);

  const settings = loadSettings(process.env);
  const starting = startSystem(settings, say);
  // Whoever ends the bench while it starts waits for that: the parts are processes that would stay.
  endings.add(async () => (await starting.catch(() => undefined))?.stop());
  await starting;

  const running = withEmbeddedDefaults(settings);
  const db = createPool({
    url: required(running, 'DATABASE_ADMIN_URL'),
    size: 4,
    applicationName: 'numericalz-bench',
    onError: () => {},
  });
  endings.add(() => db.end());
  const temporalAddress = required(running, 'TEMPORAL_ADDRESS');
  const connection = await Connection.connect({ address: temporalAddress });
  endings.add(() => connection.close());
  const temporal = new Client({ connection, namespace: running.TEMPORAL_NAMESPACE });
  // The sweep at a quarter past midnight would open filings for every client that the list is measured with.
  await temporal.schedule.getHandle('open-due-filings').pause('bench');
  const apiUrl = `http://127.0.0.1:${running.PORT}/api/v1`;
  const api = await HttpCaller.signIn(apiUrl, running.BOOTSTRAP_EMAIL, PASSWORD);
  endings.add(async () => api.close());
  return {
    apiUrl,
    databaseUrl: required(running, 'DATABASE_URL'),
    adminUrl: required(running, 'DATABASE_ADMIN_URL'),
    temporalAddress,
    temporal,
    api,
    db,
    mail,
    dataDir,
    opening: { openedPerSecond: 1 },
  };
}

/** The parts take their settings from this process's environment; what a developer has set for `npm start` is left out of it. */
async function setEnvironment(
  dataDir: string,
  mailUrl: string,
  chosen: Record<string, string>,
  say: (line: string) => void,
): Promise<void> {
  const given: Record<string, string> = {
    DATA_DIR: dataDir,
    PORT: String(await freePort()),
    EMBEDDED_POSTGRES_PORT: String(await freePort()),
    EMBEDDED_TEMPORAL_PORT: String(await freePort()),
    EMBEDDED_TEMPORAL_UI_PORT: String(await freePort()),
    SAMPLE_DATA: 'off',
    BOOTSTRAP_PASSWORD: PASSWORD,
    WORKER_MAX_CACHED_WORKFLOWS: String(CACHED_WORKFLOWS),
    RESEND_API_KEY: 're_bench',
    RESEND_BASE_URL: mailUrl,
    BANK_HOLIDAYS_URL: 'http://127.0.0.1:9/none',
    ...chosen,
  };
  // An empty value counts as not set, and keeps .env from setting it.
  for (const name of SETTING_NAMES) process.env[name] = given[name] ?? '';
  const temporal = findTool(TEMPORAL_CLI, TOOLS_DIR, say);
  process.env['PATH'] = [dirname(temporal), process.env['PATH'] ?? ''].join(delimiter);
}
