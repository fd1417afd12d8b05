import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { hashOfFiles } from '../worker/hashOfFiles';
import { runCommand } from './runCommand';

const ROOT = resolve(__dirname, '..');
const COMPILED = join(ROOT, 'dist');
/** In the compiled code: the hash of what it was made of. */
const HASH_FILE = 'sources.sha256';
const CONFIG = 'tsconfig.build.json';
const Config = z.object({ include: z.array(z.string()) });

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
    run(join(ROOT, 'node_modules', '.bin', 'tsc'), ['--project', CONFIG, '--outDir', folder]);
    cpSync(join(ROOT, 'web', 'public'), join(folder, 'web', 'public'), { recursive: true });
    run(process.execPath, [join(folder, 'commands', 'bundleWorkflows.js')]);
    writeFileSync(join(folder, HASH_FILE), hash);
    putInPlace(folder, hash);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Of what the compiled code is made of, and by what. */
function hashOfSources(): string {
  const { include } = Config.parse(JSON.parse(readFileSync(join(ROOT, CONFIG), 'utf8')));
  const rooms = include.map((pattern) => pattern.replace('/**/*', ''));
  return hashOfFiles(ROOT, [...rooms, 'package-lock.json', 'tsconfig.json', CONFIG]);
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
