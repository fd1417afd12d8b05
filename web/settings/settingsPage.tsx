import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Permission } from '../../domain/permissions';
import { isPermitted } from '../../domain/permissions';
import type { Me } from '../pages';

interface Section {
  path: string;
  label: string;
  permission: Permission;
}

/** The settings, in the order in which they are listed. */
const SECTIONS: readonly Section[] = [
  { path: '/settings/chase-policies/vat', label: 'Chasing: VAT', permission: 'see chase policies' },
  { path: '/settings/chase-policies/ltd', label: 'Chasing: Ltd accounts', permission: 'see chase policies' },
  { path: '/settings/email-templates', label: 'E-mail templates', permission: 'change e-mail templates' },
  { path: '/settings/suppressed-addresses', label: 'Suppressed addresses', permission: 'manage suppressed addresses' },
  { path: '/settings/people', label: 'People', permission: 'see users' },
  { path: '/settings/activity', label: 'Activity log', permission: 'see activity' },
];

/** A page of the settings with its neighbours. */
export function SettingsPage({
  title,
  path,
  me,
  children,
}: {
  title: string;
  path: string;
  me: Me;
  children: Child;
}): JSX.Element {
  return (
    <>
      <h1>{title}</h1>
      <nav class="tabs" aria-label="Settings">
        {SECTIONS.filter(({ permission }) => isPermitted(me.role, permission)).map((section) => (
          <a href={section.path} aria-current={section.path === path ? 'page' : undefined}>
            {section.label}
          </a>
        ))}
      </nav>
      {children}
    </>
  );
}
