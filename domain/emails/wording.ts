import { CONTROL_CHARACTERS } from './email';
import type { EmailTemplate, Wording } from './templates';

const LONGEST_SUBJECT = 200;
const LONGEST_BODY = 5000;

/** A variable in a wording: {{name}}. */
export const VARIABLE = /\{\{ ?(\w+) ?\}\}/g;

export interface WordingProblem {
  path: 'subject' | 'body';
  message: string;
}

/** Everything that is wrong with a wording of a template; an e-mail of one with problems could mislead, or lack its point. */
export function wordingProblems(template: EmailTemplate, { subject, body }: Wording): WordingProblem[] {
  return [
    ...problemsOf(template, 'subject', subject, LONGEST_SUBJECT),
    ...problemsOf(template, 'body', body, LONGEST_BODY),
    ...missing(template, { subject, body }),
  ];
}

function problemsOf(template: EmailTemplate, path: WordingProblem['path'], text: string, longest: number): WordingProblem[] {
  const problem = (message: string): WordingProblem => ({ path, message });
  if (text.trim() === '') return [problem('Must not be empty')];
  if (text.length > longest) return [problem(`May have ${longest} characters at most`)];
  if (hasControlCharacters(path === 'body' ? text.replaceAll('\n', '') : text)) {
    return [problem(path === 'subject' ? 'Must be one line' : 'Holds characters that cannot be shown')];
  }
  if (/\{\{|\}\}/.test(text.replace(VARIABLE, ''))) return [problem('Holds braces that are no variable: write {{name}}')];
  const allowed = Object.keys(template.variables).map((name) => `{{${name}}}`);
  return variablesOf(text).flatMap((name) => {
    const variable = Object.hasOwn(template.variables, name) ? template.variables[name] : undefined;
    if (!variable) return [problem(`{{${name}}} is not known here: there are ${allowed.join(', ')}`)];
    if (path === 'subject' && variable.kind !== 'text') return [problem(`{{${name}}} cannot stand in a subject`)];
    return [];
  });
}

function missing(template: EmailTemplate, { subject, body }: Wording): WordingProblem[] {
  const used = new Set([...variablesOf(body), ...variablesOf(subject)]);
  return Object.entries(template.variables)
    .filter(([name, { isRequired }]) => isRequired && !used.has(name))
    .map(([name]) => ({ path: 'body', message: `{{${name}}} must be in it` }));
}

function variablesOf(text: string): string[] {
  return [...new Set([...text.matchAll(VARIABLE)].map(([, name = '']) => name))];
}

function hasControlCharacters(text: string): boolean {
  return text.search(CONTROL_CHARACTERS) !== -1;
}
