import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { JSX } from 'hono/jsx/jsx-runtime';
import { z } from '@hono/zod-openapi';
import { PreviewSchema } from '../../api/emails/templateRoutes';
import { address } from '../addresses';
import { ApiFailure } from '../apiClient';
import type { Web } from '../pages';
import { page } from '../pages';

const WordingSchema = z.object({ subject: z.string(), body: z.string() });
type Wording = z.infer<typeof WordingSchema>;

/** What an address can hold beside its path, so that no server on the way refuses it. */
const LONGEST_ADDRESS = 7000;
const LARGEST_WORDING_BYTES = 100_000;

/** Shows a wording as its HTML, for the frame of a preview: the Content-Security-Policy of this address lets nothing run and nothing out. */
export function framedEmail(web: Web, path: string): void {
  page(web, `${path}/:name/html`, async ({ api, c, query }) => {
    // A link from elsewhere could put words into the practice's mouth.
    if ((c.req.header('sec-fetch-site') ?? 'same-origin') !== 'same-origin') throw notFromHere();
    const name = encodeURIComponent(c.req.param('name') ?? '');
    const wording = unpacked(query['wording'] ?? '');
    const { data } = await api.send('POST', `/email-templates/${name}/preview`, wording, { schema: PreviewSchema });
    return c.html(data?.html ?? '');
  });
}

/** The frame that shows a wording of a template as the client's mail program does. */
export function EmailFrame({ path, wording }: { path: string; wording: Wording }): JSX.Element {
  const source = address(`${path}/html`, { wording: packed(wording) });
  if (source.length > LONGEST_ADDRESS) return <p class="muted">It is too long to be shown here as it looks.</p>;
  return <iframe class="email" title="The e-mail as it looks" src={source} sandbox=""></iframe>;
}

function packed(wording: Wording): string {
  return deflateRawSync(JSON.stringify(wording)).toString('base64url');
}

function unpacked(text: string): Wording {
  try {
    const json = inflateRawSync(Buffer.from(text, 'base64url'), { maxOutputLength: LARGEST_WORDING_BYTES }).toString();
    return WordingSchema.parse(JSON.parse(json));
  } catch {
    throw notFromHere();
  }
}

function notFromHere(): ApiFailure {
  return new ApiFailure(403, 'FORBIDDEN', 'An example of an e-mail is shown on the page of its template only', []);
}
