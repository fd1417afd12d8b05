import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import { ClientWithFilings } from '../../api/clients/routes';
import type { PageContext } from '../pages';

/** The client in a page's address, as it stands in paths of the API and of the pages. */
export function clientOf({ c }: PageContext): { id: string; path: string } {
  const id = c.req.param('id') ?? '';
  return { id, path: `/clients/${encodeURIComponent(id)}` };
}

export async function readClient(context: PageContext): Promise<z.infer<typeof ClientWithFilings>> {
  return await context.api.get(clientOf(context).path, ClientWithFilings);
}

/** The heading of a page about one client, with the way back to it. */
export async function ClientHeading({ context, title }: { context: PageContext; title: string }): Promise<JSX.Element> {
  const { companyName, clientCode } = await readClient(context);
  const { path } = clientOf(context);
  return (
    <>
      <nav class="crumbs" aria-label="Where this is">
        <a href="/clients">Clients</a> › <a href={path}>{companyName}</a>
      </nav>
      <h1>
        {title} <span class="code">{clientCode}</span>
      </h1>
    </>
  );
}
