import { auditCost } from './auditCost';
import { clientWork } from './clientWork';
import { listPages } from './listPages';
import { memory } from './memory';
import { pages } from './pages';
import type { Part } from './part';
import { reminders } from './reminders';
import { transitions } from './transitions';

/** Everything that is measured, in this order: what fills the database comes last. */
export const PARTS: readonly Part[] = [memory, transitions, auditCost, reminders, listPages, pages, clientWork];
