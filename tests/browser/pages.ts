import type { Page } from 'playwright-core';

/** A page of the site: its address, or the way to it from one. */
export interface SitePage {
  name: string;
  path: string;
  /** What is clicked to come to this one: on the page of `path`, then on those that it leads to. */
  follow?: string | readonly string[];
  /** Whether it is shown before anybody has signed in. */
  isPublic?: boolean;
}

/** Every page that a partner can open. */
export const SITE_PAGES: readonly SitePage[] = [
  { name: 'sign-in', path: '/sign-in', isPublic: true },
  { name: 'forgotten-password', path: '/password/forgot', isPublic: true },
  { name: 'choose-password', path: '/account/password', isPublic: true },
  { name: 'home', path: '/' },
  { name: 'notifications', path: '/notifications' },
  { name: 'search', path: '/search?q=Ltd' },
  { name: 'vat-quarters', path: '/vat-quarters' },
  { name: 'vat-quarters-board', path: '/vat-quarters?view=board' },
  { name: 'vat-quarters-none', path: '/vat-quarters?search=nobody+has+this+name' },
  { name: 'vat-quarter', path: '/vat-quarters', follow: '[data-row] a' },
  { name: 'ltd-accounts', path: '/ltd-accounts' },
  { name: 'ltd-accounts-board', path: '/ltd-accounts?view=board' },
  { name: 'ltd-accounts-filing', path: '/ltd-accounts', follow: '[data-row] a' },
  { name: 'clients', path: '/clients' },
  {
    name: 'clients-filtered',
    path: '/clients?1.1.field=companyName&1.1.is=contains&1.1.value=ltd&1.2.field=vatQuarterGroup&1.2.is=in&1.2.value=C&2.1.field=nextYearEnd&2.1.is=between&2.1.value=2026-01-01&2.1.to=2026-12-31',
  },
  { name: 'client', path: '/clients', follow: '[data-row] a' },
  { name: 'client-emails', path: '/clients', follow: ['[data-row] a', '[aria-label="Kind of activity"] a[href*=EMAIL]'] },
  { name: 'communications', path: '/clients', follow: ['[data-row] a', 'a[href$="/communications"]'] },
  { name: 'log-communication', path: '/clients', follow: ['[data-row] a', 'a[href$="/communications"]', 'a[href$="/log"]'] },
  { name: 'schedule-email', path: '/clients', follow: ['[data-row] a', 'a[href$="/communications"]', 'a[href$="/schedule"]'] },
  { name: 'client-chase-policy', path: '/clients', follow: ['[data-row] a', 'a[href$="/chase-policy"]'] },
  { name: 'import-clients', path: '/clients/import' },
  { name: 'add-client', path: '/clients/new' },
  ...['deadlines', 'overdue', 'workload', 'stages', 'time-in-stage', 'chases', 'chase-effectiveness'].map((name) => ({
    name: `report-${name}`,
    path: `/reports/${name}`,
  })),
  { name: 'chase-policy', path: '/settings/chase-policies/vat' },
  { name: 'email-templates', path: '/settings/email-templates' },
  { name: 'email-template', path: '/settings/email-templates/client-reminder' },
  { name: 'suppressed-addresses', path: '/settings/suppressed-addresses' },
  { name: 'people', path: '/settings/people' },
  { name: 'person', path: '/settings/people', follow: '[data-row] a' },
  { name: 'activity-log', path: '/settings/activity' },
  { name: 'profile', path: '/profile' },
  { name: 'not-found', path: '/vat-quarters/cabsent0000000000000000000' },
  { name: 'no-such-address', path: '/nonsense' },
  { name: 'no-such-page-of-a-list', path: '/vat-quarters?page=99' },
];

/** Goes to a page of the site. */
export async function goTo(page: Page, url: string, { path, follow }: SitePage): Promise<void> {
  await page.goto(url + path);
  if (follow === undefined) return;
  for (const step of [follow].flat()) {
    await page.locator(step).first().click();
    await page.waitForLoadState();
  }
}
