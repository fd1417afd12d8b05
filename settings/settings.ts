import { z } from 'zod';
import { payloadKeys } from './payloadKeys';

const port = z.coerce.number().int().min(1).max(65535);
const flag = z
  .enum(['true', 'false', 'on', 'off', '1', '0'])
  .transform((value) => value === 'true' || value === 'on' || value === '1');
const optionalText = z.string().min(1).optional();
const optionalUrl = z.url().optional();
const slots = z.coerce.number().int().min(1).max(10_000);

const Environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  PUBLIC_URL: optionalUrl,
  DATA_DIR: z.string().min(1).default('.data'),
  /** Set by `npm start`: this process runs beside servers of its own on one machine. */
  EMBEDDED: flag.default(false),
  EMBEDDED_POSTGRES_PORT: port.default(5440),
  EMBEDDED_TEMPORAL_PORT: port.default(7233),
  EMBEDDED_TEMPORAL_UI_PORT: port.default(8233),

  DATABASE_URL: optionalUrl,
  DATABASE_PASSWORD: optionalText,
  DATABASE_ADMIN_URL: optionalUrl,
  DATABASE_ADMIN_PASSWORD: optionalText,
  DATABASE_BACKUP_URL: optionalUrl,
  DATABASE_BACKUP_PASSWORD: optionalText,
  BACKUP_DIR: optionalText,
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(500).default(20),

  TEMPORAL_ADDRESS: optionalText,
  TEMPORAL_NAMESPACE: z.string().min(1).default('numericalz'),
  TEMPORAL_OPERATIONS_NAMESPACE: z.string().min(1).default('numericalz-operations'),
  TEMPORAL_SHOW_CLIENT_NAMES: flag.optional(),
  TEMPORAL_PAYLOAD_KEYS: payloadKeys.optional(),
  TEMPORAL_UI_URL: optionalUrl,
  TEMPORAL_API_KEY: optionalText,
  TEMPORAL_TLS_CA_FILE: optionalText,
  TEMPORAL_TLS_CERT_FILE: optionalText,
  TEMPORAL_TLS_KEY_FILE: optionalText,
  TEMPORAL_TLS_SERVER_NAME: optionalText,

  WORKER_BUILD_ID: optionalText,
  WORKER_MAX_CACHED_WORKFLOWS: z.coerce.number().int().min(0).default(2000),
  WORKER_MAX_WORKFLOW_TASKS: slots.min(2).default(100),
  WORKER_MAX_LOCAL_ACTIVITIES: slots.default(100),
  WORKER_MAX_ACTIVITIES: slots.default(100),
  WORKER_WORKFLOW_POLLERS: slots.min(2).default(40),
  WORKER_ACTIVITY_POLLERS: slots.default(10),

  METRICS_TOKEN: z.string().min(32, 'must have at least 32 characters').optional(),
  WORKER_METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  WORKER_METRICS_PORT: port.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: optionalUrl,

  RESEND_API_KEY: optionalText,
  RESEND_BASE_URL: z.url().default('https://api.resend.com'),
  RESEND_WEBHOOK_SECRET: optionalText,
  EMAIL_FROM: z.email().default('practice@example.com'),
  EMAIL_REPLY_TO: z.email().optional(),
  PRACTICE_NAME: z.string().min(1).max(100).default('Numericalz'),
  PRACTICE_ADDRESS: z.string().min(1).max(300).optional(),

  COMPANIES_HOUSE_API_KEY: optionalText,
  COMPANIES_HOUSE_BASE_URL: z.url().default('https://api.company-information.service.gov.uk'),
  BANK_HOLIDAYS_URL: z.url().default('https://www.gov.uk/bank-holidays.json'),

  APP_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  BOOTSTRAP_EMAIL: z.email().default('partner@example.com'),
  BOOTSTRAP_PASSWORD: optionalText,
  SAMPLE_DATA: flag.default(true),
  TWO_PERSON_REVIEW: flag.default(false),
  TRUSTED_PROXIES: z.string().default(''),
});

/** The settings of one process, parsed from its environment. Secrets are in here: never log a whole object of these. */
export type Settings = Omit<z.infer<typeof Environment>, 'TEMPORAL_SHOW_CLIENT_NAMES'> & { TEMPORAL_SHOW_CLIENT_NAMES: boolean };

/** Everything that is wrong with the environment, one line each; no value is repeated, for it may be a secret. */
export class SettingsError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(['The settings are not right:', ...problems.map((problem) => `  - ${problem}`)].join('\n'));
    this.name = 'SettingsError';
  }
}

/** Reads the settings from an environment; an empty value counts as not set. Throws SettingsError with the whole list of what is wrong. */
export function loadSettings(environment: NodeJS.ProcessEnv): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = Environment.safeParse(given);
  const problems = parsed.success
    ? missingInProduction(parsed.data)
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  if (!parsed.success || problems.length > 0) throw new SettingsError(problems);
  const { data } = parsed;
  return {
    ...data,
    DATABASE_URL: withPassword(data.DATABASE_URL, data.DATABASE_PASSWORD),
    DATABASE_ADMIN_URL: withPassword(data.DATABASE_ADMIN_URL, data.DATABASE_ADMIN_PASSWORD),
    DATABASE_BACKUP_URL: withPassword(data.DATABASE_BACKUP_URL, data.DATABASE_BACKUP_PASSWORD),
    // Search attributes are never encrypted: names in them would give away what the payloads hide.
    TEMPORAL_SHOW_CLIENT_NAMES: data.TEMPORAL_SHOW_CLIENT_NAMES ?? data.TEMPORAL_PAYLOAD_KEYS === undefined,
  };
}

/** An address with the password that was given beside it; it may hold any character. */
function withPassword(address: string | undefined, password: string | undefined): string | undefined {
  if (address === undefined || password === undefined) return address;
  const url = new URL(address);
  url.password = encodeURIComponent(password);
  return url.href;
}

/** A value that a process cannot do without, named when it is missing. */
export function required<Name extends keyof Settings>(settings: Settings, name: Name): NonNullable<Settings[Name]> {
  const value = settings[name];
  if (value === undefined || value === null) throw new SettingsError([`${name}: is needed here and not set`]);
  return value;
}

function missingInProduction(settings: z.infer<typeof Environment>): string[] {
  if (settings.NODE_ENV !== 'production') return [];
  const needed = ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'APP_SECRET', 'PUBLIC_URL'] as const;
  return needed.filter((name) => settings[name] === undefined).map((name) => `${name}: must be set in production`);
}

/** The settings that are secrets: each may be read from a file, see secretFiles.ts. */
export const SECRET_SETTINGS = [
  'DATABASE_URL',
  'DATABASE_PASSWORD',
  'DATABASE_ADMIN_URL',
  'DATABASE_ADMIN_PASSWORD',
  'DATABASE_BACKUP_URL',
  'DATABASE_BACKUP_PASSWORD',
  'TEMPORAL_PAYLOAD_KEYS',
  'TEMPORAL_API_KEY',
  'METRICS_TOKEN',
  'RESEND_API_KEY',
  'RESEND_WEBHOOK_SECRET',
  'COMPANIES_HOUSE_API_KEY',
  'APP_SECRET',
  'BOOTSTRAP_PASSWORD',
] as const satisfies (keyof Settings)[];

/** The names of all settings, for the documentation's test. */
export const SETTING_NAMES = Object.keys(Environment.shape);
