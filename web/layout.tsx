import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import { raw } from 'hono/html';
import { FILING_DEFINITIONS } from '../domain/filings/definitions';
import type { Permission } from '../domain/permissions';
import { isPermitted } from '../domain/permissions';
import { assetPath } from './assets';
import { CSRF_FIELD } from './csrf';
import type { Flash } from './flash';
import type { Me } from './pages';

interface NavItem {
  path: string;
  label: string;
  /** Without it everybody sees the item. */
  permission?: Permission;
}

/** The parts of the site, in the order in which a day needs them. */
const NAVIGATION: readonly NavItem[] = [
  { path: '/', label: 'Home' },
  ...Object.values(FILING_DEFINITIONS).map(({ route, title }): NavItem => ({
    path: `/${route}`,
    label: title,
    permission: 'see filings',
  })),
  { path: '/clients', label: 'Clients', permission: 'see clients' },
  { path: '/reports', label: 'Reports', permission: 'see filings' },
  { path: '/settings', label: 'Settings', permission: 'see chase policies' },
];

interface LayoutProps {
  title: string;
  me: Me;
  here: string;
  /** Whether it shows a form that was refused: it then came in answer to the form, and `here` is where a browser finds it anew. */
  isRefusedForm: boolean;
  csrf: string;
  flash: Flash | undefined;
  /** Notifications that were not read yet. */
  unread: number;
  children: Child;
}

/** The page of somebody who is signed in. */
export function Layout({ title, me, here, isRefusedForm, csrf, flash, unread, children }: LayoutProps): JSX.Element {
  const [path = '/'] = here.split('?');
  return (
    <Document title={title} foundAt={isRefusedForm ? here : undefined}>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <header class="top">
          <a class="brand" href="/">
            Numericalz
          </a>
          <form class="search" action="/search" role="search">
            <input
              id="search"
              type="search"
              name="q"
              placeholder="Search clients and filings"
              aria-label="Search clients and filings"
              aria-keyshortcuts="/"
            />
          </form>
          <a class="bell" href="/notifications">
            Notifications{' '}
            <span role="status" data-unread>
              {unread > 0 && (
                <span class="count">
                  {unread}
                  <span class="sr"> unread</span>
                </span>
              )}
            </span>
          </a>
          <details class="menu">
            <summary>{me.name}</summary>
            <div class="menu-items">
              <p class="muted">{ROLE_LABELS[me.role]}</p>
              <a href="/profile">Profile and sessions</a>
              <button type="button" class="plain script-only" data-help>
                Keyboard help <kbd>?</kbd>
              </button>
              <form method="post" action="/sign-out">
                <Csrf token={csrf} />
                <button class="plain">Sign out</button>
              </form>
            </div>
          </details>
        </header>
        <div class="frame">
          <nav class="side" aria-label="Main">
            <ul>
              {NAVIGATION.filter(({ permission }) => permission === undefined || isPermitted(me.role, permission)).map((item) => (
                <li>
                  <a href={item.path} aria-current={isWithin(path, item.path) ? 'page' : undefined}>
                    {item.label}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <main id="main" tabindex={-1}>
            <FlashMessage flash={flash} />
            {children}
          </main>
        </div>
        <KeyboardHelp />
      </body>
    </Document>
  );
}

const ROLE_LABELS = { PARTNER: 'Partner', MANAGER: 'Manager', STAFF: 'Staff' } as const;

/** The page of somebody who has not signed in: one thing in the middle. */
export function OuterLayout({ title, flash, children }: Pick<LayoutProps, 'title' | 'flash' | 'children'>): JSX.Element {
  return (
    <Document title={title}>
      <body class="outer">
        <header class="top">
          <a class="brand" href="/">
            Numericalz
          </a>
        </header>
        <main id="main">
          <FlashMessage flash={flash} />
          {children}
        </main>
      </body>
    </Document>
  );
}

/** The hidden field that shows that a form is ours. */
export function Csrf({ token }: { token: string }): JSX.Element {
  return <input type="hidden" name={CSRF_FIELD} value={token} />;
}

interface DocumentProps extends Pick<LayoutProps, 'title' | 'children'> {
  /** Where a browser finds it anew, if that is not where it came from. */
  foundAt?: string | undefined;
}

function Document({ title, foundAt, children }: DocumentProps): JSX.Element {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en-GB">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="htmx-config" content="includeIndicatorCSS:false" />
          <title>{title} · Numericalz</title>
          {foundAt !== undefined && <link rel="canonical" href={foundAt} />}
          <link rel="icon" href="data:," />
          <link rel="stylesheet" href={assetPath('app.css')} />
          <script src={assetPath('htmx.js')} defer></script>
          <script src={assetPath('app.js')} defer></script>
        </head>
        {children}
      </html>
    </>
  );
}

function FlashMessage({ flash }: Pick<LayoutProps, 'flash'>): JSX.Element {
  return (
    <div id="flash" aria-live="polite">
      {flash && (
        <p class={`flash ${flash.kind}`} role={flash.kind === 'refused' ? 'alert' : 'status'}>
          {flash.text}
        </p>
      )}
    </div>
  );
}

function KeyboardHelp(): JSX.Element {
  return (
    <dialog id="help" aria-labelledby="help-title">
      <h2 id="help-title">Keyboard</h2>
      <dl class="keys">
        {KEYS.map(([key, does]) => (
          <>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </>
        ))}
      </dl>
      <form method="dialog">
        <button>Close</button>
      </form>
    </dialog>
  );
}

const KEYS = [
  ['/', 'Search'],
  ['j', 'Next row'],
  ['k', 'Row before'],
  ['Enter', 'Open the row'],
  ['x', 'Select the row'],
  ['n', 'Take the row’s next step'],
  ['f', 'Add a condition to the filter'],
  ['?', 'This help'],
  ['Esc', 'Close'],
] as const;

function isWithin(path: string, section: string): boolean {
  return section === '/' ? path === '/' : path === section || path.startsWith(`${section}/`);
}
