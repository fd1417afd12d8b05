import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Code } from './fleet';

const ROOT = resolve(__dirname, '..', '..');
const ROOMS = [
  'domain',
  'settings',
  'workflows',
  'models',
  'services',
  'activities',
  'worker',
  'commands',
  'package.json',
  'tsconfig.json',
];
const DESK = join('workflows', 'filingDesk.ts');

const RELEASED = `    if (due.clientEmail) await this.remind(due, due.clientEmail);
    else if (due.alerts.length > 0) await this.alert(due);
    else await this.turnDay(now);`;

/** Alerts in a record of their own before the reminder, for filings of every age: breaks those that recorded both together. */
const CARELESS = `    if (due.alerts.length > 0) await this.alert(due);
    else if (due.clientEmail) await this.remind(due, due.clientEmail);
    else await this.turnDay(now);`;

/** The same, with what happened already left as it was. */
const PATCHED = `    const alertsFirst = due.clientEmail && due.alerts.length > 0 && patched('alerts-before-reminders');
    if (due.clientEmail && !alertsFirst) await this.remind(due, due.clientEmail);
    else if (due.alerts.length > 0) await this.alert(due);
    else await this.turnDay(now);`;

/** A working tree of its own in which the order of alert and reminder is changed, with care or without. Throws where the released code reads otherwise. */
export function changedCode(change: 'careless' | 'patched'): Code {
  const folder = mkdtempSync(join(tmpdir(), `numericalz-${change}-`));
  for (const room of ROOMS) cpSync(join(ROOT, room), join(folder, room), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const released = readFileSync(join(folder, DESK), 'utf8');
  const changed = released
    .replace(RELEASED, change === 'careless' ? CARELESS : PATCHED)
    .replace(
      `import { ApplicationFailure, isCancellation, log } from`,
      `import { ApplicationFailure, isCancellation, log, patched } from`,
    );
  if (!changed.includes(change === 'careless' ? CARELESS : PATCHED) || !changed.includes('log, patched }')) {
    throw new Error(`${DESK} is not what this change was made for: write the change anew`);
  }
  writeFileSync(join(folder, DESK), changed);
  return { folder, argsOf: (file) => ['--import', 'tsx', `${file}.ts`] };
}
