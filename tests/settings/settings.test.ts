import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'dotenv';
import { embeddedSecrets, withEmbeddedDefaults } from '../../settings/embeddedSettings';
import { withSecretsFromFiles } from '../../settings/secretFiles';
import { loadSettings, required, SECRET_SETTINGS, SETTING_NAMES, SettingsError } from '../../settings/settings';

const EXAMPLE = readFileSync(resolve(__dirname, '..', '..', '.env.example'), 'utf8');

const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgresql://app:pass@db.example.com/numericalz',
  TEMPORAL_ADDRESS: 'temporal.example.com:7233',
  APP_SECRET: 'a-secret-of-at-least-32-characters',
  PUBLIC_URL: 'https://practice.example.com',
};

function problemsOf(environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadSettings(environment);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}

describe('.env.example', () => {
  it('lists every setting, each once and in the order of the code', () => {
    const names = [...EXAMPLE.matchAll(/^(\w+)=/gm)].map(([, name]) => name);
    expect(names).toEqual(SETTING_NAMES);
  });

  it('says in one line above each what it is for', () => {
    const lines = EXAMPLE.split('\n');
    const unexplained = lines.filter((line, index) => /^\w+=/.test(line) && !/^# \S.*\.$/.test(lines[index - 1] ?? ''));
    expect(unexplained).toEqual([]);
  });

  it('holds the defaults: a copy of it changes nothing', () => {
    expect(loadSettings(parse(EXAMPLE))).toEqual(loadSettings({}));
  });

  it('holds no secret, and marks what is one', () => {
    const values = parse(EXAMPLE);
    const secrets = SETTING_NAMES.filter((name) =>
      /SECRET|PASSWORD|API_KEY|PAYLOAD_KEYS|METRICS_TOKEN|DATABASE_.*URL/.test(name),
    );
    expect(new Set(secrets)).toEqual(new Set(SECRET_SETTINGS));
    expect(secrets.filter((name) => values[name] !== '')).toEqual([]);
    const marked = [...EXAMPLE.matchAll(/^# .*\(secret\).*\n(\w+)=/gm)].map(([, name]) => name);
    expect(new Set(marked)).toEqual(new Set(SECRET_SETTINGS));
  });
});

describe('loading', () => {
  it('has a default for all that a machine of one developer needs', () => {
    expect(loadSettings({})).toMatchObject({
      NODE_ENV: 'development',
      LOG_LEVEL: 'info',
      HOST: '127.0.0.1',
      PORT: 3000,
      DATA_DIR: '.data',
      TEMPORAL_NAMESPACE: 'numericalz',
      TEMPORAL_OPERATIONS_NAMESPACE: 'numericalz-operations',
      TEMPORAL_SHOW_CLIENT_NAMES: true,
      EMBEDDED: false,
      SAMPLE_DATA: true,
    });
  });

  it('takes an empty value for one that is not set', () => {
    expect(loadSettings({ PORT: '', DATABASE_URL: '' })).toEqual(loadSettings({}));
  });

  it('leaves out what is no setting', () => {
    expect(loadSettings({ HOME: '/home/someone' })).not.toHaveProperty('HOME');
  });

  it.each([
    ['true', true],
    ['on', true],
    ['1', true],
    ['false', false],
    ['off', false],
    ['0', false],
  ])('reads the flag %s as %s', (text, value) => {
    expect(loadSettings({ SAMPLE_DATA: text }).SAMPLE_DATA).toBe(value);
  });

  it.each([
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PORT', 'http'],
    ['SAMPLE_DATA', 'yes'],
    ['NODE_ENV', 'staging'],
    ['PUBLIC_URL', 'practice.example.com'],
    ['DATABASE_POOL_SIZE', '0'],
    ['EMAIL_FROM', 'the practice'],
    ['APP_SECRET', 'x'.repeat(31)],
    ['METRICS_TOKEN', 'x'.repeat(31)],
    ['TEMPORAL_PAYLOAD_KEYS', 'k1:dG9vIHNob3J0'],
    ['TEMPORAL_PAYLOAD_KEYS', Buffer.alloc(32).toString('base64')],
    ['TEMPORAL_PAYLOAD_KEYS', `k1:${Buffer.alloc(32).toString('base64')},k1:${Buffer.alloc(32).toString('base64')}`],
  ])('refuses %s=%s, by name', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}: .`))]);
  });

  it('says everything that is wrong at once', () => {
    const problems = problemsOf({ PORT: 'x', LOG_LEVEL: 'loud', EMAIL_FROM: 'nobody' });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['LOG_LEVEL', 'PORT', 'EMAIL_FROM']);
    expect(new SettingsError(problems).message.split('\n')).toHaveLength(4);
  });

  it('never repeats a value: it may be a secret, or hold one', () => {
    const wrong = Object.fromEntries(SETTING_NAMES.map((name) => [name, '!hunter2!']));
    const problems = problemsOf(wrong);
    expect(problems.length).toBeGreaterThan(20);
    expect(problems.join('\n')).not.toContain('hunter2');
    expect(problemsOf({ APP_SECRET: 'hunter2', DATABASE_URL: 'app:hunter2@db' }).join('\n')).not.toContain('hunter2');
  });
});

describe('a secret', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each(SECRET_SETTINGS)('may stand in a file: %s', (name) => {
    const file = join(folder, 'secret');
    writeFileSync(file, 'from a file\n');
    expect(withSecretsFromFiles({ [`${name}_FILE`]: file })).toMatchObject({ [name]: 'from a file' });
    expect(() => withSecretsFromFiles({ [`${name}_FILE`]: file, [name]: 'given' })).toThrow(
      `${name}_FILE: is set beside ${name}`,
    );
    expect(() => withSecretsFromFiles({ [`${name}_FILE`]: join(folder, 'none') })).toThrow(
      `${name}_FILE: cannot be read (ENOENT)`,
    );
  });

  it('of a database is put into its address, whatever characters it has', () => {
    const given = { DATABASE_URL: 'postgresql://app@db:5432/numericalz', DATABASE_PASSWORD: 'a/b:c@d%25' };
    const { DATABASE_URL: address } = loadSettings(given);
    expect(address).toBe('postgresql://app:a%2Fb%3Ac%40d%2525@db:5432/numericalz');
    expect(decodeURIComponent(new URL(address ?? '').password)).toBe(given.DATABASE_PASSWORD);
  });
});

describe('names of clients in Temporal', () => {
  const TEMPORAL_PAYLOAD_KEYS = `k1:${Buffer.alloc(32).toString('base64')}`;

  it.each([
    [{}, true],
    [{ TEMPORAL_PAYLOAD_KEYS }, false],
    [{ TEMPORAL_SHOW_CLIENT_NAMES: 'off' }, false],
    [{ TEMPORAL_SHOW_CLIENT_NAMES: 'on', TEMPORAL_PAYLOAD_KEYS }, true],
  ])('are shown where nothing is encrypted, or as they are told: %j', (environment, shown) => {
    expect(loadSettings(environment).TEMPORAL_SHOW_CLIENT_NAMES).toBe(shown);
  });
});

describe('in production', () => {
  it('is content with what it needs', () => {
    expect(loadSettings(PRODUCTION)).toMatchObject({ ...PRODUCTION, PORT: 3000 });
  });

  it.each(['DATABASE_URL', 'TEMPORAL_ADDRESS', 'APP_SECRET', 'PUBLIC_URL'])('does not start without %s', (name) => {
    expect(problemsOf({ ...PRODUCTION, [name]: '' })).toEqual([`${name}: must be set in production`]);
  });

  it('names all that is missing at once', () => {
    expect(problemsOf({ NODE_ENV: 'production' })).toHaveLength(4);
  });
});

describe('a value that is needed', () => {
  it('is handed out', () => {
    expect(required(loadSettings(PRODUCTION), 'TEMPORAL_ADDRESS')).toBe(PRODUCTION.TEMPORAL_ADDRESS);
  });

  it('is named when it is missing', () => {
    expect(() => required(loadSettings({}), 'DATABASE_ADMIN_URL')).toThrow('DATABASE_ADMIN_URL: is needed here and not set');
  });
});

describe('embedded', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'settings-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it('makes secrets once, for the eyes of their user only', () => {
    const made = embeddedSecrets(dataDir);
    expect(embeddedSecrets(dataDir)).toEqual(made);
    expect(new Set(Object.values(made)).size).toBe(4);
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o077).toBe(0);
  });

  it('fills in the servers of the data folder, and only where none are set', () => {
    const { appSecret } = embeddedSecrets(dataDir);
    const local = withEmbeddedDefaults(loadSettings({ DATA_DIR: dataDir, EMBEDDED_TEMPORAL_PORT: '7300' }));
    expect(local).toMatchObject({ TEMPORAL_ADDRESS: '127.0.0.1:7300', APP_SECRET: appSecret });
    expect(local.DATABASE_URL).toMatch(/^postgresql:\/\/numericalz_app:.+@127\.0\.0\.1:5440\/numericalz$/);
    const elsewhere = loadSettings({ ...PRODUCTION, NODE_ENV: 'development', DATA_DIR: dataDir });
    expect(withEmbeddedDefaults(elsewhere)).toEqual(elsewhere);
  });

  it('stays out of production, and out of a folder without secrets', () => {
    const bare = loadSettings({ DATA_DIR: dataDir });
    expect(withEmbeddedDefaults(bare)).toEqual(bare);
    embeddedSecrets(dataDir);
    const production = loadSettings({ ...PRODUCTION, DATA_DIR: dataDir });
    expect(withEmbeddedDefaults(production)).toEqual(production);
  });
});
