import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/**
 * What a module's top level, which alone is not indented, could keep from one workflow for the next: variables, arrays and objects that are made
 * empty, containers that are not read-only; and the static fields of classes.
 */
const KEPT = [
  /^(?:export )?(?:let|var) (\w+)/gm,
  /^(?:export )?const (\w+)(?:: .+)? = (?:\[\]|\{\});/gm,
  /^(?:export )?const (\w+)(?:: (?!Readonly).+)? = new (?:Map|Set|WeakMap|WeakSet|Array)\b/gm,
  /^ +(?:(?:public|protected|private) )?static (\w+)(?: =|:|;)/gm,
];

function kept(source: string): string[] {
  return KEPT.flatMap((pattern) => [...source.matchAll(pattern)].map(([, name]) => name ?? ''));
}

/** They run once for all workflows of a worker's thread: what one of them kept would reach another filing, and its replay would differ. */
it.each(['domain', 'workflows'])('keeps nothing in the modules of %s, which all workflows share', (room) => {
  const paths = readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  expect(paths.length).toBeGreaterThan(10);
  const keeping = paths.flatMap((path) => kept(readFileSync(join(ROOT, room, path), 'utf8')).map((name) => `${path}: ${name}`));
  expect(keeping).toEqual([]);
});

it('would see what is kept', () => {
  const source = [
    'let last = 0;',
    'export const seen = new Map<string, number>();',
    'const queue: string[] = [];',
    'const byId: Record<string, string> = {};',
    'const NAMES = new Set(["a"]);',
    'const CODES: ReadonlySet<string> = new Set(["a"]);',
    '  static count = 0;',
    '  static of(name: string): string {',
    '  let within = 0;',
  ].join('\n');
  expect(kept(source)).toEqual(['last', 'queue', 'byId', 'seen', 'NAMES', 'count']);
});
