import { Agent, request } from 'node:http';
import { z } from 'zod';

/** The API closes a connection that was idle for five seconds; a call on it would be lost. */
const IDLE_MS = 3_000;

const SignedIn = z.object({ data: z.object({ token: z.string() }) });

export interface HttpAnswer {
  status: number;
  body: unknown;
}

/** Calls a JSON API over connections that are kept open. */
export class HttpCaller {
  private readonly agent = new Agent({ keepAlive: true, timeout: IDLE_MS });

  constructor(
    private readonly baseUrl: string,
    readonly headers: Record<string, string> = {},
  ) {}

  /** Signs a person in; every call of the new caller is theirs. */
  static async signIn(baseUrl: string, email: string, password: string): Promise<HttpCaller> {
    const nobody = new HttpCaller(baseUrl);
    const { body } = await nobody.call('POST', '/auth/login', { email, password });
    nobody.close();
    return new HttpCaller(baseUrl, { authorization: `Bearer ${SignedIn.parse(body).data.token}`, prefer: 'wait=60' });
  }

  call(method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, body?: object): Promise<HttpAnswer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      ...this.headers,
      ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    };
    return new Promise((resolve, reject) => {
      const sent = request(this.baseUrl + path, { method, headers, agent: this.agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          try {
            resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) });
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        });
      });
      sent.on('error', reject);
      sent.end(text);
    });
  }

  /** Calls, and takes the answer apart. Throws where the status is not the one that is wanted. */
  async expect<T>(status: number, schema: z.ZodType<T>, ...call: Parameters<HttpCaller['call']>): Promise<T> {
    const answer = await this.call(...call);
    if (answer.status !== status)
      throw new Error(`${call[0]} ${call[1]} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return schema.parse(answer.body);
  }

  close(): void {
    this.agent.destroy();
  }
}
