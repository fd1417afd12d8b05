import type { Context } from 'hono';
import type { ApiEnv } from './context';
import { ApiError } from './errors';

const LARGEST_BODY_BYTES = 100 * 1024;
const DEEPEST_BODY = 20;

/** The JSON body of a request. Throws 415, 413 or 400 where it is none, too large, or malformed. */
export async function readBody(c: Context<ApiEnv>): Promise<unknown> {
  const type = c.req.header('content-type') ?? '';
  const text = await readText(c);
  if (text === '' && type === '') return {};
  if (!/^application\/json\b/i.test(type)) throw new ApiError('NOT_JSON', 'Send JSON, with Content-Type: application/json');
  return parseJson(text);
}

async function readText(c: Context<ApiEnv>): Promise<string> {
  const tooLarge = new ApiError('TOO_LARGE', `The body may have ${LARGEST_BODY_BYTES / 1024} KB at most`);
  if (Number(c.req.header('content-length') ?? 0) > LARGEST_BODY_BYTES) throw tooLarge;
  const body = c.req.raw.body;
  if (!body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > LARGEST_BODY_BYTES) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  const malformed = new ApiError('MALFORMED_JSON', 'The body is not well-formed JSON');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed;
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
  const query: Record<string, string> = {};
  for (const [name, [value = '', ...more]] of Object.entries(c.req.queries())) {
    if (more.length > 0)
      throw new ApiError('VALIDATION_FAILED', `${name} may be given once`, [{ path: name, message: 'May be given once' }]);
    if (!isStorableText(value)) throw new ApiError('VALIDATION_FAILED', `${name} holds characters that cannot be searched for`);
    query[name] = value;
  }
  return query;
}
