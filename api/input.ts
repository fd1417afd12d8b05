import type { Context } from 'hono';
import type { ApiEnv } from './context';
import { ApiError, notFound } from './errors';

const LARGEST_BODY_BYTES = 100 * 1024;
/** A body that is a little too large is read to its end, so that the caller gets the answer and can use the connection again. */
const LARGEST_DRAINED_BYTES = 1024 * 1024;
const DEEPEST_BODY = 20;

/** The JSON body of a request. Throws 415, 413 or 400 where it is none, too large, or malformed. */
export async function readBody(c: Context<ApiEnv>, largestBytes = LARGEST_BODY_BYTES): Promise<unknown> {
  const type = c.req.header('content-type') ?? '';
  const text = await readText(c, largestBytes);
  if (text === '') return {};
  if (!/^application\/json\b/i.test(type)) throw new ApiError('NOT_JSON', 'Send JSON, with Content-Type: application/json');
  return parseJson(text);
}

/** The body of a request as text, as it came. Throws TOO_LARGE. */
export async function readText(c: Context<ApiEnv>, largestBytes = LARGEST_BODY_BYTES): Promise<string> {
  return (await readBytes(c, largestBytes)).toString('utf8');
}

/** The fields of a form, each name's last value; none for anything that is no form. Throws TOO_LARGE. */
export async function readForm(c: Context<ApiEnv>): Promise<Record<string, string>> {
  const bytes = new Uint8Array(await readBytes(c, LARGEST_BODY_BYTES));
  const type = c.req.header('content-type') ?? '';
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => new FormData());
  const fields = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(fields.filter(([, value]) => isStorableText(value)));
}

async function readBytes(c: Context<ApiEnv>, largestBytes: number): Promise<Buffer> {
  const length = c.req.header('content-length');
  const largestDrained = Math.max(largestBytes, LARGEST_DRAINED_BYTES);
  if (Number(length ?? 0) > largestDrained) throw tooLarge(largestBytes);
  // Node holds a body to the length that it names; one that names none is counted.
  if (length !== undefined && Number(length) <= largestBytes) return Buffer.from(await c.req.arrayBuffer());
  const body = c.req.raw.body;
  if (!body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > largestDrained) throw tooLarge(largestBytes);
    if (size <= largestBytes) chunks.push(chunk);
  }
  if (size > largestBytes) throw tooLarge(largestBytes);
  return Buffer.concat(chunks);
}

function tooLarge(largestBytes: number): ApiError {
  return new ApiError('TOO_LARGE', `The body may have ${largestBytes / 1024} KB at most`);
}

function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ApiError('MALFORMED_JSON', 'The body is not well-formed JSON');
  }
  if (!isStorable(value, DEEPEST_BODY)) {
    throw new ApiError('VALIDATION_FAILED', 'The body holds characters that cannot be stored, or is nested too deeply');
  }
  return value;
}

/** PostgreSQL stores neither NUL nor half a surrogate pair, and nobody needs a body nested without end. */
function isStorable(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return isStorableText(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  return Object.entries(value).every(([key, item]) => isStorableText(key) && isStorable(item, depth - 1));
}

function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** The query of a request, each name once. Throws VALIDATION_FAILED where one is repeated. */
export function readQuery(c: Context<ApiEnv>): Record<string, string> {
  const query = new Map<string, string>();
  for (const [name, value] of new URL(c.req.url).searchParams) {
    if (query.has(name))
      throw new ApiError('VALIDATION_FAILED', `${name} may be given once`, [{ path: name, message: 'May be given once' }]);
    if (!isStorableText(value)) throw new ApiError('VALIDATION_FAILED', `${name} holds characters that cannot be searched for`);
    query.set(name, value);
  }
  // A name like __proto__ becomes a field as any other, which no schema knows.
  return Object.fromEntries(query);
}

/** What a request's path names. Throws NOT_FOUND where that cannot be the name of anything. */
export function readParams(c: Context<ApiEnv>): Record<string, string> {
  const params = c.req.param();
  if (!Object.values(params).every(isStorableText)) throw notFound('record');
  return params;
}
