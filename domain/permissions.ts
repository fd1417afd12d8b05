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
  'see users': EVERYONE,
  'manage users': MANAGERS,
  'see clients': EVERYONE,
  'create clients': EVERYONE,
  'edit clients': EVERYONE,
  'assign clients': MANAGERS,
  'archive clients': MANAGERS,
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
  'see e-mails': EVERYONE,
} as const satisfies Record<string, readonly UserRole[]>;

export type Permission = keyof typeof PERMISSIONS;

/** Whether a role may use what this permission guards. */
export function isPermitted(role: UserRole, permission: Permission): boolean {
  return PERMISSIONS[permission].some((allowed) => allowed === role);
}
