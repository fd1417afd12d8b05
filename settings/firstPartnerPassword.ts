import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from './settings';

type PasswordSettings = Pick<Settings, 'DATA_DIR' | 'BOOTSTRAP_PASSWORD'>;

/** The first partner's password: the one that was chosen, else one that nobody chose, made once and kept in the data folder. */
export function firstPartnerPassword({ DATA_DIR, BOOTSTRAP_PASSWORD }: PasswordSettings): string {
  const kept = BOOTSTRAP_PASSWORD ?? keptPassword({ DATA_DIR });
  if (kept !== undefined) return kept;
  const password = `Aa1-${randomBytes(12).toString('base64url')}`;
  mkdirSync(DATA_DIR, { recursive: true });
  writeFileSync(passwordFile(DATA_DIR), `${password}\n`, { mode: 0o600 });
  return password;
}

/** The password that nobody chose, to be told to whoever started the system on this machine; undefined where there is none. */
export function keptPassword({ DATA_DIR }: Pick<Settings, 'DATA_DIR'>): string | undefined {
  const file = passwordFile(DATA_DIR);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

function passwordFile(dataDir: string): string {
  return join(dataDir, 'first-partner-password');
}
