import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { Weakness } from './weaknesses';
import { WEAKNESSES } from './weaknesses';

const ROOT = resolve(__dirname, '..', '..');
/** What a copy of the project does without. */
const LEFT_OUT = new Set(['node_modules', '.git', '.data', 'dist']);

/**
 * npm run test:weaknesses [-- PART OF A NAME]: plants one weakness after another in a copy of the project; exit code 1 where the test
 * that should turn red stays green.
 */
function main(): void {
  const part = process.argv[2] ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'numericalz-weaknesses-'));
  try {
    cpSync(ROOT, folder, { recursive: true, filter: (path) => !LEFT_OUT.has(relative(ROOT, path).split('/')[0] ?? '') });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const unseen = WEAKNESSES.filter(({ name }) => name.includes(part)).filter((weakness) => {
      const problem = plant(folder, weakness);
      console.log(
        `${problem === undefined ? 'seen  ' : 'UNSEEN'}  ${weakness.name}${problem === undefined ? '' : `: ${problem}`}`,
      );
      return problem !== undefined;
    });
    if (unseen.length > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Why a weakness went unseen; undefined where its test turned red. */
function plant(folder: string, { file, find, plant: planted, test, named }: Weakness): string | undefined {
  const path = join(folder, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(find).length !== 2) return `${file} does not hold once what it should replace`;
  writeFileSync(
    path,
    source.replace(find, () => planted),
  );
  try {
    const project = /^(domain|settings)\//.test(test) ? 'rules' : 'servers';
    const args = ['node_modules/.bin/jest', `tests/${test}`, '-t', named, '--json', '--selectProjects', project];
    const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const failed = Number(/"numFailedTests":(\d+)/.exec(stdout)?.[1] ?? 0);
    const passed = Number(/"numPassedTests":(\d+)/.exec(stdout)?.[1] ?? 0);
    if (failed > 0) return undefined;
    return passed > 0 ? 'its test stayed green' : 'its test did not run';
  } finally {
    writeFileSync(path, source);
  }
}

main();
