import type { Context } from 'hono';
import { z } from '@hono/zod-openapi';
import { BulkResultsSchema } from '../api/bulk';
import type { ApiEnv, ReadingPage } from '../api/context';
import type { Api, Pagination } from '../api/endpoint';
import { PaginationSchema } from '../api/endpoint';
import type { FieldError } from '../api/errors';

const API_PATH = '/api/v1';

/** What a browser sent that the API should know of as well. */
const PASSED_ON = ['cookie', 'user-agent', 'x-forwarded-for'] as const;

const EnvelopeSchema = z.looseObject({
  success: z.boolean(),
  code: z.string().optional(),
  message: z.string(),
  data: z.unknown().optional(),
  pagination: PaginationSchema.optional(),
  results: BulkResultsSchema.optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
});

/** A refusal of the API, as a page shows it. */
export class ApiFailure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly errors: readonly FieldError[],
  ) {
    super(message);
    this.name = 'ApiFailure';
  }
}

/** What the API did about a change. */
export interface Sent<Data> {
  /** 202 where it is stored and still on its way. */
  status: number;
  message: string;
  data: Data;
  /** Of a bulk operation. */
  results: z.infer<typeof BulkResultsSchema> | undefined;
}

/** Calls the API in this process, as the person whose browser asked for the page: a page sees and does what its person may. */
export class ApiClient {
  private readonly env: ApiEnv['Bindings'];

  constructor(
    private readonly app: Api,
    private readonly c: Context<ApiEnv>,
  ) {
    // A form may change who somebody is, or end their session: what it asks after that finds it so.
    const page: ReadingPage | undefined = c.req.method === 'GET' ? {} : undefined;
    this.env = { ...c.env, ...(page ? { page } : {}) };
  }

  /** Reads one thing, in the shape that the API's own schema has. Throws ApiFailure. */
  async get<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> {
    const { data } = await this.call('GET', path);
    return schema.parse(data);
  }

  /** Reads one page of a list; by POST where what is asked for is more than an address holds. Throws ApiFailure. */
  async list<S extends z.ZodType>(
    path: string,
    schema: S,
    body?: unknown,
  ): Promise<{ rows: z.output<S>[]; pagination: Pagination }> {
    const { data, pagination } = await this.call(body === undefined ? 'GET' : 'POST', path, body);
    if (!pagination) throw new TypeError(`${path} is no list`);
    return { rows: z.array(schema).parse(data), pagination };
  }

  /** Asks for a change; `key` makes a form that is sent twice count once. Throws ApiFailure. */
  async send<S extends z.ZodType = z.ZodUnknown>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body: unknown = {},
    { schema, key }: { schema?: S; key?: string | undefined } = {},
  ): Promise<Sent<z.output<S> | undefined>> {
    const answer = await this.call(method, path, body, keyed(key));
    // A request that is still on its way has no record yet.
    const data = schema && answer.status !== 202 ? schema.parse(answer.data) : undefined;
    return { status: answer.status, message: answer.message, data, results: answer.results };
  }

  /** Sends a file as it is; `key` as for `send`. Throws ApiFailure. */
  async upload<S extends z.ZodType>(
    path: string,
    file: { body: Blob; type: string },
    { schema, key }: { schema: S; key: string | undefined },
  ): Promise<Sent<z.output<S>>> {
    const headers = { ...this.headers(), 'content-type': file.type, ...keyed(key) };
    const init = { method: 'POST', headers, body: file.body };
    const answer = await this.answered(await this.app.request(API_PATH + path, init, this.env));
    return { status: answer.status, message: answer.message, data: schema.parse(answer.data), results: answer.results };
  }

  /** Gives an answer as it is, for files. */
  async fetch(path: string): Promise<Response> {
    return await this.app.request(API_PATH + path, { headers: this.headers() }, this.env);
  }

  private async call(
    method: string,
    path: string,
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<z.infer<typeof EnvelopeSchema> & { status: number }> {
    const hasBody = body !== undefined && method !== 'DELETE';
    const response = await this.app.request(
      API_PATH + path,
      {
        method,
        headers: { ...this.headers(), ...(hasBody ? { 'content-type': 'application/json' } : {}), ...more },
        ...(hasBody ? { body: JSON.stringify(body) } : {}),
      },
      this.env,
    );
    return await this.answered(response);
  }

  private async answered(response: Response): Promise<z.infer<typeof EnvelopeSchema> & { status: number }> {
    for (const cookie of response.headers.getSetCookie()) this.c.header('Set-Cookie', cookie, { append: true });
    const envelope = EnvelopeSchema.parse(await response.json());
    if (!response.ok && envelope.results === undefined) {
      throw new ApiFailure(response.status, envelope.code ?? 'INTERNAL', envelope.message, envelope.errors);
    }
    return { ...envelope, status: response.status };
  }

  private headers(): Record<string, string> {
    const passedOn = PASSED_ON.flatMap((name) => {
      const value = this.c.req.header(name);
      return value === undefined ? [] : [[name, value] as const];
    });
    // A page that changes something has proved by its token that it is one of ours.
    return { ...Object.fromEntries(passedOn), 'x-request-id': this.c.get('requestId'), 'sec-fetch-site': 'same-origin' };
  }
}

function keyed(key: string | undefined): Record<string, string> {
  return key === undefined ? {} : { 'idempotency-key': key };
}
