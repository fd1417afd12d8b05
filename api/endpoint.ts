import type { Context } from 'hono';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { RouteConfig } from '@hono/zod-openapi';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Permission } from '../domain/permissions';
import { isPermitted } from '../domain/permissions';
import type { SignedInUser } from '../services/sessions/readSession';
import type { ApiEnv } from './context';
import { ApiError } from './errors';
import { readBody, readQuery } from './input';

export type Api = OpenAPIHono<ApiEnv>;

/** Failure, as every refusal is answered. */
export const FailureSchema = z
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
}

type Schema = z.ZodType | undefined;
type Parsed<S extends Schema> = S extends z.ZodType ? z.output<S> : undefined;

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
  /** The schema of `data` in the answer, for the OpenAPI document. */
  data?: z.ZodType<Data>;
  status?: ContentfulStatusCode;
  isList?: boolean;
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
    const answer = await handle({
      params: parse(config.params, c.req.param()),
      query: parse(config.query ?? NO_QUERY, readQuery(c)),
      body: config.body ? parse(config.body, await readBody(c)) : undefined,
      user: c.get('user'),
      c,
    } as Input<Params, Query, Body>);
    for (const [name, value] of Object.entries(answer.headers ?? {})) c.header(name, value);
    const { data, message = 'OK', pagination, extra } = answer;
    return c.json(
      { success: true, ...(data === undefined ? {} : { data }), message, ...(pagination ? { pagination } : {}), ...extra },
      answer.status ?? status,
    );
  });
}

const NO_QUERY = z.strictObject({});

function permit(c: Context<ApiEnv>, permission: Permission): void {
  if (!isPermitted(c.get('user').role, permission)) {
    throw new ApiError('FORBIDDEN', 'Your role may not do this: ask a partner');
  }
}

/** Checks a value by its schema. Throws VALIDATION_FAILED with every field that is wrong. */
export function parse<S extends Schema>(schema: S, value: unknown): Parsed<S> {
  if (schema === undefined) return undefined as Parsed<S>;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data as Parsed<S>;
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
  const { method, path, summary, tag, permission, params, query, body, data, status = 200, isList } = config;
  const success = z.object({
    success: z.literal(true),
    ...(data ? { data } : {}),
    message: z.string(),
    ...(isList ? { pagination: PaginationSchema } : {}),
  });
  return {
    method,
    path,
    summary,
    tags: [tag],
    ...(permission === 'public' ? { security: [] } : { description: `Permission: ${permission}` }),
    request: {
      ...(params instanceof z.ZodObject ? { params } : {}),
      ...(query instanceof z.ZodObject ? { query } : {}),
      ...(body ? { body: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    },
    responses: {
      [status]: { description: summary, content: { 'application/json': { schema: success } } },
      default: { description: 'Refused', content: { 'application/json': { schema: FailureSchema } } },
    },
  };
}

export function newApi(): Api {
  return new OpenAPIHono<ApiEnv>();
}
