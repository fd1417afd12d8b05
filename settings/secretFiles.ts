import { readFileSync } from 'node:fs';
import { SECRET_SETTINGS, SettingsError } from './settings';

/**
 * The environment with the secrets that stand in files: NAME_FILE names the file of the secret NAME, as container platforms lay them.
 * Throws SettingsError with every file that cannot be read, and every secret that is given twice.
 */
export function withSecretsFromFiles(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const problems: string[] = [];
  const secrets = SECRET_SETTINGS.flatMap((name) => {
    const file = environment[`${name}_FILE`];
    if (file === undefined || file === '') return [];
    if (environment[name] !== undefined && environment[name] !== '') {
      problems.push(`${name}_FILE: is set beside ${name}; set one of them`);
      return [];
    }
    try {
      return [[name, readFileSync(file, 'utf8').trim()]];
    } catch (error) {
      problems.push(`${name}_FILE: cannot be read (${codeOf(error)})`);
      return [];
    }
  });
  if (problems.length > 0) throw new SettingsError(problems);
  return { ...environment, ...Object.fromEntries(secrets) };
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
}
