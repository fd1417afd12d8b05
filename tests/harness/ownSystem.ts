import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSystem } from '../../embedded/system';
import { loadSettings } from '../../settings/settings';
import { ApiCaller } from './apiCaller';
import { freePort } from '../../embedded/ports';

const PASSWORD = 'Whole-System-Password-1';

/** Where the parts of a running system are, and its first partner. */
export interface OwnSystem {
  partner: ApiCaller;
  temporalAddress: string;
  temporalUiUrl: string;
}

/** Runs the whole system as npm start does, without sample data, for as long as `use` takes; nothing of it stays. */
export async function withOwnSystem(use: (system: OwnSystem) => Promise<void>): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'numericalz-system-'));
  // PostgreSQL runs as a user of its own.
  chmodSync(dataDir, 0o755);
  const [api, postgres, temporal, ui] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const environment = {
    PATH: process.env['PATH'],
    DATA_DIR: dataDir,
    PORT: String(api),
    EMBEDDED_POSTGRES_PORT: String(postgres),
    EMBEDDED_TEMPORAL_PORT: String(temporal),
    EMBEDDED_TEMPORAL_UI_PORT: String(ui),
    SAMPLE_DATA: 'off',
    BOOTSTRAP_PASSWORD: PASSWORD,
  };
  Object.assign(process.env, environment);
  const system = await startSystem(loadSettings(environment), console.log);
  try {
    const partner = await ApiCaller.signIn(`http://127.0.0.1:${api}`, 'partner@example.com', PASSWORD);
    await use({ partner, temporalAddress: `127.0.0.1:${temporal}`, temporalUiUrl: `http://127.0.0.1:${ui}` });
  } finally {
    await system.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
