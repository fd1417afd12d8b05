import type { UserRole } from './people';
import { USER_ROLES } from './people';

const PARTNERS: readonly UserRole[] = ['PARTNER'];
const MANAGERS: readonly UserRole[] = ['PARTNER', 'MANAGER'];
const EVERYONE: readonly UserRole[] = USER_ROLES;

/**
 * Who may use what, in one table; a staff member's "yes" is for what is their own (see models/queries/visibility.ts). Who may move a
 * filing from which stage is told by the filing's definition.
 */
export const PERMISSIONS = {
  'own account': EVERYONE,
  'own notifications': EVERYONE,
  'own views': EVERYONE,
  'see users': EVERYONE,
  'manage users': MANAGERS,
  'hand over assignments': MANAGERS,
  'see clients': EVERYONE,
  'save client filters': EVERYONE,
  'export clients': EVERYONE,
  'import clients': MANAGERS,
  'create clients': EVERYONE,
  'edit clients': EVERYONE,
  'look up companies': EVERYONE,
  'assign clients': MANAGERS,
  'archive clients': MANAGERS,
  'see bulk operations': EVERYONE,
  'see filings': EVERYONE,
  'open filings': EVERYONE,
  'move filings': EVERYONE,
  'hand over filings': EVERYONE,
  'chase filings': EVERYONE,
  'change deadlines': EVERYONE,
  'cancel filings': PARTNERS,
  'reopen filings': PARTNERS,
  'see chase policies': EVERYONE,
  'change chase policies': MANAGERS,
  'see activity': EVERYONE,
  'see communications': EVERYONE,
  'log communications': EVERYONE,
  'see the audit chain': MANAGERS,
  'see e-mails': EVERYONE,
  'change e-mail templates': MANAGERS,
  'manage suppressed addresses': MANAGERS,
  'read payloads': MANAGERS,
} as const satisfies Record<string, readonly UserRole[]>;

export type Permission = keyof typeof PERMISSIONS;

/** Whether people of a role manage people of another one: partners everyone, managers the staff. */
export function managesRole(role: UserRole, target: UserRole): boolean {
  return role === 'PARTNER' || (role === 'MANAGER' && target === 'STAFF');
}

/** Whether a role may use what this permission guards. */
export function isPermitted(role: UserRole, permission: Permission): boolean {
  return PERMISSIONS[permission].some((allowed) => allowed === role);
}
