import { FILING_DEFINITIONS } from './filings/definitions';
import { USER_ROLES } from './people';
import type { Permission } from './permissions';
import { isPermitted, PERMISSIONS } from './permissions';

/** The tables of permissions as a Markdown page, made from the tables that decide. */
export function permissionsPage(): string {
  const isPermission = (name: string): name is Permission => name in PERMISSIONS;
  const rows = Object.keys(PERMISSIONS)
    .filter(isPermission)
    .map(
      (permission) =>
        `| ${permission} | ${USER_ROLES.map((role) => (isPermitted(role, permission) ? 'yes' : 'no')).join(' | ')} |`,
    );
  const moves = Object.values(FILING_DEFINITIONS).flatMap(({ label, stages }) => [
    '',
    `## Moves of ${label}`,
    '',
    '| from | to | at least |',
    '| --- | --- | --- |',
    ...stages.flatMap(({ stage, moves: possible }) => possible.map(({ to, by }) => `| ${stage} | ${to} | ${by} |`)),
  ]);
  return `${[
    '# Who may do what',
    '',
    'Made by `npm run docs:permissions` from `domain/permissions.ts` and the definitions of the filings; a test compares. A staff',
    'member’s yes is for what is their own: assigned to them, of a client that they look after, or as chase team. What is not theirs',
    'looks absent.',
    '',
    `| | ${USER_ROLES.join(' | ')} |`,
    `| --- |${USER_ROLES.map(() => ' --- |').join('')}`,
    ...rows,
    ...moves,
  ].join('\n')}\n`;
}
