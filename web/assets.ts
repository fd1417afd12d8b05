import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Api } from '../api/endpoint';

const STYLE = 'text/css; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';
const YEAR_SECONDS = 31_536_000;

interface Asset {
  type: string;
  body: Buffer;
  gzipped: Buffer;
  version: string;
}

/** Everything that pages load, served from here: no page loads anything from elsewhere. */
const ASSETS = new Map<string, Asset>([
  ['app.css', asset(STYLE, join(__dirname, 'public', 'app.css'))],
  ['approval.css', asset(STYLE, join(__dirname, 'public', 'approval.css'))],
  ['app.js', asset(SCRIPT, join(__dirname, 'public', 'app.js'))],
  ['htmx.js', asset(SCRIPT, require.resolve('htmx.org/dist/htmx.min.js'))],
]);

function asset(type: string, file: string): Asset {
  const body = readFileSync(file);
  return { type, body, gzipped: gzipSync(body), version: createHash('sha256').update(body).digest('hex').slice(0, 12) };
}

/** The address of a file, which changes with what is in it, so that browsers may keep it. */
export function assetPath(name: string): string {
  const found = ASSETS.get(name);
  if (!found) throw new RangeError(`There is no asset ${name}`);
  return `/assets/${found.version}/${name}`;
}

export function assetRoutes(app: Api): void {
  for (const [name, { type, body, gzipped }] of ASSETS) {
    app.get(`/assets/:version/${name}`, (c) => {
      c.header('Content-Type', type);
      c.header('Cache-Control', `public, max-age=${YEAR_SECONDS}, immutable`);
      c.header('Vary', 'Accept-Encoding');
      if (!c.req.header('accept-encoding')?.includes('gzip')) return c.body(new Uint8Array(body));
      c.header('Content-Encoding', 'gzip');
      return c.body(new Uint8Array(gzipped));
    });
  }
}
