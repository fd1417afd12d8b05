import type { Servers } from './servers';

/** The address of a database on the test server for one of its roles. */
export function databaseUrl(
  { postgresPort, superuserPassword }: Pick<Servers, 'postgresPort' | 'superuserPassword'>,
  role: string,
  database: string,
): string {
  return `postgresql://${role}:${superuserPassword}@127.0.0.1:${postgresPort}/${database}`;
}
