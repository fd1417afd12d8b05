import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Every connection of the programs, too, is known by what it does. */
const APPLICATION_NAME = 'numericalz-backup';
const LINES_KEPT = 5;

export interface ProgramRun {
  path: string;
  args: readonly string[];
  /** The database it connects to; none for what reads a file only. */
  url?: string;
  /** Told of each line of its progress. */
  onProgress?: (line: string) => void;
  signal?: AbortSignal;
}

/** Runs a client program of PostgreSQL to its end; gives what it wrote to standard output. Throws in one line what it could not do. */
export async function runPostgresProgram({ path, args, url, onProgress, signal }: ProgramRun): Promise<string> {
  const child = spawn(path, [...args, ...(url === undefined ? [] : ['--dbname', withoutPassword(url)])], {
    env: { ...process.env, PGAPPNAME: APPLICATION_NAME, LC_ALL: 'C', ...(url === undefined ? {} : passwordOf(url)) },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal === undefined ? {} : { signal }),
  });
  const output: string[] = [];
  const problems: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
  createInterface({ input: child.stderr }).on('line', (line) => {
    const text = line.replace(/^pg_(dump|restore): /, '');
    onProgress?.(text);
    if (/^(error|fatal|warning|detail|hint)\b|: error: /i.test(text)) problems.push(text);
  });
  const code = await new Promise<number | string | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, killedBy) => resolve(status ?? killedBy));
  });
  if (code !== 0) throw new Error(problems.slice(-LINES_KEPT).join(' ') || `${path} ended with ${code}`);
  return output.join('');
}

/** Everybody on the machine can read the arguments of a program. */
function withoutPassword(url: string): string {
  const shown = new URL(url);
  shown.password = '';
  // An option of the Node.js driver that libpq does not know.
  shown.searchParams.delete('uselibpqcompat');
  return shown.toString();
}

function passwordOf(url: string): { PGPASSWORD?: string } {
  const { password } = new URL(url);
  return password === '' ? {} : { PGPASSWORD: decodeURIComponent(password) };
}
