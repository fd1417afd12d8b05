import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { html } from 'hono/html';
import { absolutePath } from 'swagger-ui-dist';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { closedInProduction } from '../middleware';

/** The page's files, served from here: nothing is loaded from elsewhere. */
const FILES: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};
const START_SCRIPT = `window.onload = () => { window.ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api', deepLinking: true }); };`;

/** The OpenAPI document, made from the schemas that validate requests, and a page to browse it. */
export function documentationRoutes(app: Api, deps: ApiDependencies): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  const closed = closedInProduction(deps);
  app.use('/openapi.json', closed);
  app.use('/docs/*', closed);
  app.get('/openapi.json', (c) =>
    c.json(
      app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: { title: 'Numericalz', version: '1', description: 'VAT quarters and Ltd accounts as durable Temporal workflows' },
        servers: [{ url: '/' }],
        security: [{ bearer: [] }],
      }),
    ),
  );
  app.get('/docs', (c) =>
    c.html(
      html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <title>Numericalz API</title>
            <link rel="stylesheet" href="/docs/swagger-ui.css" />
          </head>
          <body>
            <div id="api"></div>
            <script src="/docs/swagger-ui-bundle.js"></script>
            <script src="/docs/start.js"></script>
          </body>
        </html>`,
    ),
  );
  app.get('/docs/start.js', (c) => c.body(START_SCRIPT, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }));
  for (const [file, type] of Object.entries(FILES)) {
    app.get(`/docs/${file}`, async (c) =>
      c.body(await readFile(join(absolutePath(), file)), 200, { 'Content-Type': type, 'Cache-Control': 'max-age=86400' }),
    );
  }
}
