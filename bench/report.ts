import type { Findings } from './findings';
import type { Goal } from './part';

/** What people read: the figures, and which goals they meet. */
export function report(findings: readonly Findings[], goals: readonly Goal[]): string {
  const figures = figuresOf(findings);
  const met = goals.map(({ figure, label, limit, isAtLeast }) => {
    const value = figures[figure] ?? Number.NaN;
    const isMet = isAtLeast ? value >= limit : value <= limit;
    return `  ${isMet ? 'met   ' : 'missed'}  ${label}: ${value.toFixed(2)} (goal: at ${isAtLeast ? 'least' : 'most'} ${limit})`;
  });
  const lines = findings.flatMap((found) => found.lines).map((line) => `  ${line}`);
  return ['', ...lines, '', 'Goals', ...met, ''].join('\n');
}

/** All figures by name. */
export function figuresOf(findings: readonly Findings[]): Record<string, number> {
  const figures = findings.flatMap((found) => Object.entries(found.figures));
  return Object.fromEntries(figures.map(([name, value]) => [name, Math.round(value * 1000) / 1000]));
}
