import type { Context } from 'hono';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { RouteConfig } from '@hono/zod-openapi';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Permission } from '../domain/permissions';
import { isPermitted } from '../domain/permissions';
import type { SignedInUser } from '../services/sessions/readSession';
import type { ApiEnv } from './context';
import type { FileAnswer } from './csv';
import { ApiError } from './errors';
import { readBody, readParams, readQuery } from './input';
import { issueWords } from './issueWords';

export type Api = OpenAPIHono<ApiEnv>;

/** Failure, as every refusal is answered. */
const FailureSchema = z
  .object({
    success: z.literal(false),
    code: z.string(),
    message: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })),
    requestId: z.string(),
  })
  .openapi('Failure');

export const PaginationSchema = z
  .object({
    page: z.int(),
    limit: z.int(),
    totalCount: z.int(),
    totalPages: z.int(),
    hasNext: z.boolean(),
    hasPrev: z.boolean(),
  })
  .openapi('PaginationInfo');
export type Pagination = z.infer<typeof PaginationSchema>;

/** What a handler gives back: the data of the envelope, and what goes beside it. */
export interface Answer<Data> {
  data?: Data;
  message?: string;
  pagination?: Pagination;
  /** Where it differs from the endpoint's own. */
  status?: ContentfulStatusCode;
  /** Fields of the envelope that some answers have besides. */
  extra?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** A page for people, in place of the envelope. */
  page?: HtmlEscapedString | Promise<HtmlEscapedString>;
  /** Answered as it is, in place of the envelope. */
  file?: FileAnswer;
}

type Schema = z.ZodType | undefined;
export type Parsed<S extends Schema> = S extends z.ZodType ? z.output<S> : undefined;

interface EndpointConfig<Params extends Schema, Query extends Schema, Body extends Schema, Data> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With parameters as OpenAPI writes them: `/clients/{id}`. */
  path: string;
  summary: string;
  tag: string;
  /** Who may use it; `public` needs no sign-in. */
  permission: Permission | 'public';
  params?: Params;
  query?: Query;
  body?: Body;
  /** Where a body may be larger than others. */
  largestBodyBytes?: number;
  /** What it does in more words than the summary. */
  description?: string;
  /** The media type of a file that is sent to it, which its handler reads. */
  upload?: string;
  /** The schema of `data` in the answer, for the OpenAPI document. */
  data?: z.ZodType<Data>;
  /** Other successful answers than `status`, with what they mean. */
  otherStatuses?: Partial<Record<ContentfulStatusCode, string>>;
  status?: ContentfulStatusCode;
  isList?: boolean;
  /** The schema of `results`, for a bulk operation. */
  results?: z.ZodType;
  /** The media type of a file that it answers with, instead of the envelope or where that is asked for. */
  file?: string;
}

interface Input<Params extends Schema, Query extends Schema, Body extends Schema> {
  params: Parsed<Params>;
  query: Parsed<Query>;
  body: Parsed<Body>;
  user: SignedInUser;
  c: Context<ApiEnv>;
}

/**
 * Declares an endpoint once: its schemas validate the request, type the handler and draw the OpenAPI document, its permission decides
 * who may use it, and its answer is wrapped in the envelope.
 */
export function endpoint<
  Data,
  Params extends Schema = undefined,
  Query extends Schema = undefined,
  Body extends Schema = undefined,
>(
  api: Api,
  config: EndpointConfig<Params, Query, Body, Data>,
  handle: (input: Input<Params, Query, Body>) => Promise<Answer<Data>>,
): void {
  api.openAPIRegistry.registerPath(documentation(config));
  const status = config.status ?? 200;
  api.on(config.method.toUpperCase(), config.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (c) => {
    if (config.permission !== 'public') permit(c, config.permission);
    const given = readQuery(c);
    if (!config.query) parse(NO_QUERY, given);
    const answer = await handle({
      params: parse(config.params, readParams(c)),
      query: parse(config.query, given),
      body: parse(config.body, config.body && (await readBody(c, config.largestBodyBytes))),
      user: c.get('user'),
      c,
    });
    for (const [name, value] of Object.entries(answer.headers ?? {})) c.header(name, value);
    if (answer.page) return c.html(answer.page);
    const { data, message = 'OK', pagination, extra, file } = answer;
    if (file) {
      c.header('Content-Type', file.type);
      c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`);
      return c.body(file.body, answer.status ?? status);
    }
    return c.json(
      { success: true, ...(data === undefined ? {} : { data }), message, ...(pagination ? { pagination } : {}), ...extra },
      answer.status ?? status,
    );
  });
}

const NO_QUERY = z.strictObject({});

/** Refuses a role that may not use what a permission guards. */
export function permit(c: Context<ApiEnv>, permission: Permission): void {
  const { role, sessionKind } = c.get('user');
  if (!isPermitted(role, permission)) throw new ApiError('FORBIDDEN', 'Your role may not do this: ask a partner');
  if (permission === 'own account' && sessionKind === 'TOKEN' && c.req.method !== 'GET') {
    throw new ApiError('FORBIDDEN', 'A program may not change an account: sign in yourself');
  }
}

/** Checks a value by its schema; nothing where there is none. Throws VALIDATION_FAILED with every field that is wrong. */
function parse<S extends Schema>(schema: S | undefined, value: unknown): Parsed<S>;
function parse(schema: Schema, value: unknown): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value, { error: issueWords });
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: `Unknown field ${key}` }))
      : [{ path: issue.path.join('.'), message: issue.message }],
  );
  throw new ApiError(
    'VALIDATION_FAILED',
    errors.length === 1 ? (errors[0]?.message ?? 'Invalid') : 'Some fields are not right',
    errors,
  );
}

function documentation(config: EndpointConfig<Schema, Schema, Schema, unknown>): RouteConfig {
  const {
    method,
    path,
    summary,
    tag,
    permission,
    params,
    query,
    body,
    data,
    status = 200,
    isList,
    results,
    file,
    upload,
  } = config;
  const success = z.object({
    success: results ? z.boolean() : z.literal(true),
    ...(data ? { data } : {}),
    ...(results ? { results } : {}),
    message: z.string(),
    ...(isList ? { pagination: PaginationSchema } : {}),
  });
  return {
    method,
    path,
    summary,
    tags: [tag],
    ...(permission === 'public' ? { security: [] } : {}),
    description: [config.description, permission === 'public' ? undefined : `Permission: ${permission}`]
      .filter(Boolean)
      .join('\n\n'),
    'x-permission': permission,
    request: {
      ...(params instanceof z.ZodObject ? { params } : {}),
      ...(query instanceof z.ZodObject ? { query } : {}),
      ...(body ? { body: { required: true, content: { 'application/json': { schema: body } } } } : {}),
      ...(upload ? { body: { required: true, content: { [upload]: { schema: z.string() } } } } : {}),
    },
    responses: {
      [status]: {
        description: summary,
        content: {
          ...(data || file === undefined ? { 'application/json': { schema: success } } : {}),
          ...(file === undefined ? {} : { [file]: { schema: z.string() } }),
        },
      },
      ...Object.fromEntries(Object.entries(config.otherStatuses ?? {}).map(([code, description]) => [code, { description }])),
      default: { description: 'Refused', content: { 'application/json': { schema: FailureSchema } } },
    },
  };
}

/** The paths that need no sign-in, as their endpoints declare it. */
export function publicPathsOf(api: Api): string[] {
  return api.openAPIRegistry.definitions.flatMap((definition) =>
    definition.type === 'route' && definition.route.security?.length === 0 ? [definition.route.path] : [],
  );
}

export function newApi(): Api {
  return new OpenAPIHono<ApiEnv>();
}
