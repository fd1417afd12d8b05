import { z } from 'zod';

const Envelope = z.looseObject({
  success: z.boolean(),
  code: z.string().optional(),
  message: z.string(),
  data: z.unknown().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
const Row = z.looseObject({ id: z.string() });
const Token = z.object({ token: z.string() });

export interface Reply {
  status: number;
  headers: Headers;
  body: z.infer<typeof Envelope>;
  /** The answer as it came: a file, or JSON. */
  text: string;
  /** `data` as one record; throws where it is none. */
  row(): z.infer<typeof Row> & Record<string, unknown>;
  /** `data` as a list of records. */
  rows(): Record<string, unknown>[];
}

/** Calls the API as one person does. */
export class ApiCaller {
  constructor(
    private readonly url: string,
    readonly token: string | null,
  ) {}

  static async signIn(url: string, email: string, password: string): Promise<ApiCaller> {
    const reply = await new ApiCaller(url, null).post('/auth/login', { email, password });
    return new ApiCaller(url, Token.parse(reply.body.data).token);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Reply> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Reply> {
    return this.send('POST', path, JSON.stringify(body), headers);
  }

  put(path: string, body: unknown): Promise<Reply> {
    return this.send('PUT', path, JSON.stringify(body));
  }

  patch(path: string, body: unknown): Promise<Reply> {
    return this.send('PATCH', path, JSON.stringify(body));
  }

  /** Opens a stream of events; it goes on until it is left. */
  async open(path: string, left: AbortSignal): Promise<Response> {
    return await fetch(`${this.url}/api/v1${path}`, {
      headers: this.token === null ? {} : { authorization: `Bearer ${this.token}` },
      signal: left,
    });
  }

  /** Sends a body as it is. */
  async send(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Reply> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    const envelope = Envelope.parse(isJson ? JSON.parse(text) : { success: response.ok, message: '' });
    return {
      status: response.status,
      headers: response.headers,
      body: envelope,
      text,
      row: () => Row.parse(envelope.data),
      rows: () => z.array(z.record(z.string(), z.unknown())).parse(envelope.data),
    };
  }
}
