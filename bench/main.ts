import { parseArgs } from 'node:util';
import { startBench } from './bench';
import { Endings } from './endings';
import type { Findings } from './findings';
import type { Part } from './part';
import { PARTS } from './parts';
import { figuresOf, report } from './report';
import { FULL, SHORT } from './sizes';
import { SETTING_NAMES } from '../settings/settings';

const startedAt = Date.now();
/** Standard output is the report's. */
const say = (line: string): void => console.error(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)}s  ${line}`);
const endings = new Endings();

/** npm run bench -- [--short] [--json] [--only transitions,reminders] [--set NAME=VALUE …] */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean' },
      json: { type: 'boolean' },
      only: { type: 'string' },
      set: { type: 'string', multiple: true },
    },
  });
  const parts = partsNamed(values.only);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(130));
  const bench = await startBench(values.short ? SHORT : FULL, endings, settingsNamed(values.set ?? []), say);
  const findings: Findings[] = [];
  for (const part of parts) {
    say(`${part.name} …`);
    findings.push(await part.measure(bench));
  }
  say('stopping …');
  const goals = parts.flatMap((part) => part.goals);
  console.log(values.json ? JSON.stringify(figuresOf(findings)) : report(findings, goals));
  const violations = findings.flatMap((found) => found.violations);
  for (const violation of violations) console.error(`NOT AS IT MUST BE: ${violation}`);
  await end(violations.length === 0 ? 0 : 1);
}

/** All parts, or those that are named. Throws for a name that there is not. */
function partsNamed(names: string | undefined): readonly Part[] {
  if (names === undefined) return PARTS;
  return names.split(',').map((name) => {
    const part = PARTS.find((one) => one.name === name);
    if (!part) throw new Error(`There is no part ${name}: choose from ${PARTS.map((one) => one.name).join(', ')}`);
    return part;
  });
}

/** Settings as they were given, `NAME=VALUE`. Throws for a name that no setting has. */
function settingsNamed(given: readonly string[]): Record<string, string> {
  const settings = given.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const);
  for (const [name] of settings) if (!SETTING_NAMES.includes(name)) throw new Error(`There is no setting ${name}`);
  return Object.fromEntries(settings);
}

async function end(code: number): Promise<never> {
  await endings.run();
  process.exit(code);
}

main().catch(async (error: unknown) => {
  // What fails because everything is being stopped is no news.
  if (!endings.hasBegun) console.error(error);
  await end(1);
});
