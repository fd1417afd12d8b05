import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from './runCommand';

const ROOT = resolve(__dirname, '..');
const COMPILED = join(ROOT, 'dist');
/** In the compiled code: the hash of what it was made of. */
const HASH_FILE = 'sources.sha256';
/** What the compiled code is made of, and by what. */
const SOURCES = [
  'domain',
  'settings',
  'workflows',
  'models',
  'services',
  'activities',
  'api',
  'web',
  'worker',
  'commands',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
];

/**
 * npm run build [-- --if-changed]: compiles the sources and bundles the workflow code into dist/. It is made beside and put there when
 * it is whole, so that two builds at once, or one that was killed, leave no half of one.
 */
runCommand(async () => {
  const { values } = parseArgs({ options: { 'if-changed': { type: 'boolean' } } });
  const hash = hashOfSources();
  if (values['if-changed'] && hashOf(COMPILED) === hash) return;
  console.log('compiling …');
  // Ctrl-C ends what is run here, too: this process stays to remove what was made.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
  // As deep as dist/: the source maps name the sources from there.
  const folder = mkdtempSync(join(ROOT, '.dist-'));
  try {
    run(join(ROOT, 'node_modules', '.bin', 'tsc'), ['--project', 'tsconfig.build.json', '--outDir', folder]);
    cpSync(join(ROOT, 'web', 'public'), join(folder, 'web', 'public'), { recursive: true });
    run(process.execPath, [join(folder, 'commands', 'bundleWorkflows.js')]);
    writeFileSync(join(folder, HASH_FILE), hash);
    putInPlace(folder, hash);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const name of SOURCES) {
    for (const file of filesOf(name)) hash.update(file).update(readFileSync(join(ROOT, file)));
  }
  return hash.digest('hex');
}

function filesOf(path: string): string[] {
  if (statSync(join(ROOT, path)).isFile()) return [path];
  return readdirSync(join(ROOT, path))
    .toSorted()
    .flatMap((name) => filesOf(join(path, name)));
}

function hashOf(folder: string): string | undefined {
  const file = join(folder, HASH_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function run(command: string, args: string[]): void {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: ROOT,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`The code could not be compiled: ${stdout ?? ''}${stderr ?? ''}`.trim());
}

function putInPlace(folder: string, hash: string): void {
  rmSync(COMPILED, { recursive: true, force: true });
  try {
    renameSync(folder, COMPILED);
  } catch (error) {
    // Another build of the same sources was quicker.
    if (hashOf(COMPILED) !== hash) throw error;
  }
}
