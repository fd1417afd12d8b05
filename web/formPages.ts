import type { Api } from '../api/endpoint';

/** The address of the page that a form stands on: the form's own where there is a page at it, else the nearest one above. */
export function pageOfForm({ routes }: Api, form: string, path: string): string {
  const pages = new Set(routes.filter(({ method }) => method === 'GET').map((route) => route.path));
  const parts = form.split('/');
  let depth = parts.length;
  while (depth > 1 && !pages.has(parts.slice(0, depth).join('/'))) depth -= 1;
  return path.split('/').slice(0, depth).join('/') || '/';
}

/** Whoever opens the address of a form is led to its page; `declare` declares pages and forms. */
export function withWaysToPages(app: Api, declare: () => void): void {
  const others = app.routes.length;
  declare();
  const declared = app.routes.slice(others);
  const pages = new Set(declared.filter(({ method }) => method === 'GET').map(({ path }) => path));
  const forms = declared.filter(({ method, path }) => method === 'POST' && !pages.has(path));
  // For every method, of which POST has been answered: GET alone would make a page of it.
  for (const { path } of forms) app.all(path, (c) => c.redirect(pageOfForm(app, path, c.req.path), 303));
}
