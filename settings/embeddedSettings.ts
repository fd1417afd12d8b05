import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Settings } from './settings';

export const EMBEDDED_DATABASE = 'numericalz';
export const EMBEDDED_OWNER = 'numericalz_owner';
export const EMBEDDED_APPLICATION = 'numericalz_app';

const Secrets = z.object({
  superuserPassword: z.string(),
  ownerPassword: z.string(),
  applicationPassword: z.string(),
  appSecret: z.string(),
});

/** The secrets of an embedded installation: made once, kept in its data folder, readable by its user only. */
export type EmbeddedSecrets = z.infer<typeof Secrets>;

/** Reads the secrets of a data folder; makes them when there are none. */
export function embeddedSecrets(dataDir: string): EmbeddedSecrets {
  const file = secretsFile(dataDir);
  if (existsSync(file)) return Secrets.parse(JSON.parse(readFileSync(file, 'utf8')));
  const secret = (): string => randomBytes(32).toString('base64url');
  const made = { superuserPassword: secret(), ownerPassword: secret(), applicationPassword: secret(), appSecret: secret() };
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  return made;
}

/** Where PostgreSQL or Temporal are not configured, the settings of the embedded ones in the data folder; unchanged where there are none. */
export function withEmbeddedDefaults(settings: Settings): Settings {
  if (settings.NODE_ENV === 'production' || !existsSync(secretsFile(settings.DATA_DIR))) return settings;
  const secrets = embeddedSecrets(settings.DATA_DIR);
  const url = (role: string, password: string): string => embeddedDatabaseUrl(settings, role, password);
  return {
    ...settings,
    ...(settings.DATABASE_URL === undefined
      ? {
          DATABASE_URL: url(EMBEDDED_APPLICATION, secrets.applicationPassword),
          DATABASE_ADMIN_URL: url(EMBEDDED_OWNER, secrets.ownerPassword),
        }
      : {}),
    ...(settings.TEMPORAL_ADDRESS === undefined
      ? {
          TEMPORAL_ADDRESS: `127.0.0.1:${settings.EMBEDDED_TEMPORAL_PORT}`,
          TEMPORAL_UI_URL: settings.TEMPORAL_UI_URL ?? `http://localhost:${settings.EMBEDDED_TEMPORAL_UI_PORT}`,
        }
      : {}),
    APP_SECRET: settings.APP_SECRET ?? secrets.appSecret,
    PUBLIC_URL: settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`,
  };
}

function embeddedDatabaseUrl(settings: Settings, role: string, password: string): string {
  return `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${settings.EMBEDDED_POSTGRES_PORT}/${EMBEDDED_DATABASE}`;
}

function secretsFile(dataDir: string): string {
  return join(dataDir, 'secrets.json');
}
