import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const FOLDER = resolve(__dirname, '..', '..', 'monitoring');
const Alerts = z.object({ groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })) });
const Dashboard = z.object({ panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })).default([]) })) });

/** Made by the SDK at its first failure only. */
const MADE_LATE = ['temporal_workflow_task_execution_failed'];

/** The names of all metrics that alerts and dashboard ask for, and that are there before anything has failed. */
export function monitoredMetrics(): string[] {
  const { groups } = Alerts.parse(parse(readFileSync(join(FOLDER, 'alerts.yml'), 'utf8')));
  const { panels } = Dashboard.parse(JSON.parse(readFileSync(join(FOLDER, 'dashboard.json'), 'utf8')));
  const expressions = [
    ...groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)),
    ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ];
  const names = expressions.flatMap((expression) => expression.match(/\b(?:numericalz|temporal|http)_[a-z0-9_]+/g) ?? []);
  return [...new Set(names)].filter((name) => !MADE_LATE.includes(name));
}
