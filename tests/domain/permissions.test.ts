import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { permissionsPage } from '../../domain/permissionsPage';
import type { Permission } from '../../domain/permissions';
import { isPermitted, PERMISSIONS } from '../../domain/permissions';

/** What is kept from staff, or from managers as well; everything else is everybody's, for staff as far as it is their own. */
const NOT_FOR_STAFF: Permission[] = [
  'manage users',
  'hand over assignments',
  'assign clients',
  'archive clients',
  'change chase policies',
];
const PARTNERS_ONLY: Permission[] = ['cancel filings', 'reopen filings'];

it.each<Permission>([
  'create clients',
  'edit clients',
  'open filings',
  'move filings',
  'hand over filings',
  'chase filings',
  'change deadlines',
])('everybody may %s', (permission) => {
  expect((['PARTNER', 'MANAGER', 'STAFF'] as const).filter((role) => isPermitted(role, permission))).toHaveLength(3);
});

it.each(NOT_FOR_STAFF)('staff may not %s', (permission) => {
  expect((['PARTNER', 'MANAGER', 'STAFF'] as const).filter((role) => isPermitted(role, permission))).toEqual([
    'PARTNER',
    'MANAGER',
  ]);
});

it.each(PARTNERS_ONLY)('partners alone may %s', (permission) => {
  expect((['PARTNER', 'MANAGER', 'STAFF'] as const).filter((role) => isPermitted(role, permission))).toEqual(['PARTNER']);
});

it('a partner may do everything', () => {
  for (const roles of Object.values(PERMISSIONS)) expect(roles).toContain('PARTNER');
});

it('is printed in docs/permissions.md as it decides', () => {
  const printed = readFileSync(join(__dirname, '..', '..', 'docs', 'permissions.md'), 'utf8');
  expect(printed).toBe(permissionsPage());
});
