import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');

/** The import table of docs/architecture.md: what a room may import, its own files apart. */
const MAY_IMPORT = new Map<string, readonly string[]>([
  ['domain', []],
  ['settings', ['domain']],
  ['workflows', ['domain']],
  ['models', ['domain', 'settings']],
  ['services', ['domain', 'settings', 'models']],
  ['activities', ['domain', 'settings', 'models', 'services']],
  ['api', ['domain', 'settings', 'models', 'services']],
  ['web', ['domain', 'settings', 'api']],
  ['worker', ['domain', 'settings', 'workflows', 'models', 'services', 'activities']],
  ['embedded', ['settings', 'models']],
  ['commands', ['domain', 'settings', 'workflows', 'models', 'services', 'activities', 'worker']],
]);
/** They may import anything, and nothing imports them. */
const FREE_ROOMS = ['bench', 'tests'];
const ROOMS = [...MAY_IMPORT.keys(), ...FREE_ROOMS];

const FROM_WORKFLOWS = ['services', 'activities', 'api'];
const PACKAGES_OUT_OF_BOUNDS = ['zod', 'node:fs', 'fs', 'node:timers/promises', 'crypto', 'sequelize', 'pg', 'pg-pool', 'umzug'];

interface Plant {
  room: string;
  line: string;
  isRefused: boolean;
}

const value = (source: string): string => `import { planted } from '${source}'; console.log(planted);`;
const type = (source: string): string => `import type { Planted } from '${source}'; export const planted: Planted[] = [];`;

function plant(room: string, line: string, isRefused: boolean): Plant {
  return { room, line, isRefused };
}

/** Every room imports every other one. */
const betweenRooms = [...MAY_IMPORT].flatMap(([room, allowed]) =>
  ROOMS.filter((other) => other !== room).flatMap((other) => [
    plant(room, value(`../${other}/planted`), !allowed.includes(other)),
    plant(room, value(`../${other}`), !allowed.includes(other)),
    plant(room, `export * from '../${other}/planted';`, !allowed.includes(other)),
  ]),
);

const throughTheRightDoor = [
  plant('workflows', type('../activities/planted'), false),
  plant('workflows', type('../models/planted'), true),
  plant('domain', type('../models/planted'), true),
  ...FROM_WORKFLOWS.flatMap((room) => [
    plant(room, value('../workflows/messages'), false),
    plant(room, value('../workflows/searchAttributes'), false),
    plant(room, type('../workflows/filingWorkflow'), false),
    plant(room, value('../workflows/filingWorkflow'), true),
  ]),
  plant('workflows', "export const planted = import('../models/planted');", true),
];

const packages = [
  ...['domain', 'workflows'].flatMap((room) => PACKAGES_OUT_OF_BOUNDS.map((name) => plant(room, value(name), true))),
  ...['client', 'common', 'workflow', 'activity', 'worker'].map((name) => plant('domain', type(`@temporalio/${name}`), true)),
  ...['client', 'activity', 'worker'].map((name) => plant('workflows', value(`@temporalio/${name}`), true)),
  ...['common', 'workflow'].map((name) => plant('workflows', value(`@temporalio/${name}`), false)),
  plant('domain', value('temporal-polyfill'), false),
  plant('models', value('pg'), false),
  plant('settings', value('zod'), false),
];

interface Finding {
  filename: string;
  help: string;
}

/** Breaches of the layer rules below a folder, by the configuration of the repository. */
function breaches(folder: string): Finding[] {
  const config = join(folder, '.oxlintrc.json');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules', 'oxlint', 'bin', 'oxlint'), '--config', config, '--format', 'json', '.'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 64_000_000 },
  );
  if (!stdout.startsWith('{')) throw new Error(`oxlint did not run: ${stdout} ${stderr}`);
  const report: { diagnostics: (Finding & { code: string })[] } = JSON.parse(stdout);
  return report.diagnostics.filter(({ code }) => code.includes('no-restricted-imports'));
}

/** Plants each line in a file of its own, laid out as the repository is, and says which ones were found. */
function findPlanted(plants: readonly Plant[], below: string): Map<string, Finding> {
  const folder = mkdtempSync(join(tmpdir(), 'layers-'));
  try {
    copyFileSync(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    for (const [index, { room, line }] of plants.entries()) {
      const file = join(folder, room, below, `planted${index}.ts`);
      mkdirSync(dirname(file), { recursive: true });
      const up = '../'.repeat(below === '' ? 1 : below.split('/').length + 1);
      writeFileSync(file, `${line.replace("'../", `'${up}`)}\n`);
    }
    return new Map(breaches(folder).map((finding) => [finding.filename.replaceAll('\\', '/'), finding]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe.each([
  ['a file of the room', ''],
  ['a file two folders deep', 'one/two'],
])('the layer rules, in %s', (_, below) => {
  it.each([
    ['between rooms', betweenRooms],
    ['through the right door', throughTheRightDoor],
    ['packages', packages],
  ])('refuse what the table forbids and nothing else: %s', (_name, plants) => {
    const found = findPlanted(plants, below);
    const seen = plants.map(({ room, line }, index) => {
      const isRefused = found.has([room, below, `planted${index}.ts`].filter((part) => part !== '').join('/'));
      return { room, line, isRefused };
    });
    expect(seen).toEqual(plants);
    for (const { help } of found.values()) expect(help).toMatch(/\S+ .*[.]$/);
  });
});

it('the code of the repository keeps to them', () => {
  expect(breaches(ROOT)).toEqual([]);
});

it('every room of docs/architecture.md, and every folder with code, has its rules', () => {
  const documented = [...readFileSync(join(ROOT, 'docs', 'architecture.md'), 'utf8').matchAll(/^\| `(\w+)\/` \|/gm)];
  expect(new Set(documented.map(([, room]) => room))).toEqual(new Set(ROOMS));
  const folders = readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !['node_modules', 'dist'].includes(entry.name))
    .map(({ name }) => name)
    .filter((name) => readdirSync(join(ROOT, name)).some((file) => /\.tsx?$/.test(file)));
  expect(folders.filter((name) => !ROOMS.includes(name))).toEqual([]);
});
