import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { freePort } from '../../embedded/ports';

/** Slow enough for a worker to be killed between the provider's acceptance and its own record of it. */
const ANSWER_AFTER_MS = 400;

/** What becomes of a request: BROKEN and LOST are accepted, and answered with 500 or not at all; the other three are not accepted. */
export type Mood = 'ANSWERS' | 'TOO_MANY' | 'FAILS' | 'BROKEN' | 'LOST' | 'HANGS_UP';

/** Answers like Resend, a little late: accepts an e-mail once for each idempotency key, refuses another body under a known one. */
export class ProviderStandIn {
  /** How often each key was tried; every one of them was accepted once. */
  readonly tries = new Map<string, number>();
  /** Keys that came again with another body. */
  readonly changed: string[] = [];
  /** E-mails that are accepted and whose answer is still to come. */
  underWay = 0;
  /** Chooses what becomes of a request: the first, second, third … with its key. */
  mood: (request: number) => Mood = () => 'ANSWERS';
  private readonly requests = new Map<string, number>();
  private readonly bodies = new Map<string, string>();

  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async start(): Promise<ProviderStandIn> {
    const port = await freePort();
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => standIn.answer(request, response, body));
    });
    const standIn = new ProviderStandIn(`http://127.0.0.1:${port}`, server);
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
    return standIn;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private answer(request: IncomingMessage, response: ServerResponse, body: string): void {
    const key = String(request.headers['idempotency-key'] ?? '');
    const count = (this.requests.get(key) ?? 0) + 1;
    this.requests.set(key, count);
    const mood = this.mood(count);
    if (mood === 'HANGS_UP') {
      request.destroy();
    } else if (mood === 'TOO_MANY') {
      reply(response, 429, { statusCode: 429, name: 'rate_limit_exceeded', message: 'Try again' });
    } else if (mood === 'FAILS') {
      reply(response, 500, FAILURE);
    } else {
      const { status, answer } = this.take(key, body);
      this.underWay += 1;
      setTimeout(() => {
        this.underWay -= 1;
        if (mood === 'LOST') request.destroy();
        else if (mood === 'BROKEN') reply(response, 500, FAILURE);
        else reply(response, status, answer);
      }, ANSWER_AFTER_MS);
    }
  }

  private take(key: string, body: string): { status: number; answer: object } {
    this.tries.set(key, (this.tries.get(key) ?? 0) + 1);
    const known = this.bodies.get(key) ?? body;
    this.bodies.set(key, known);
    if (known !== body) {
      this.changed.push(key);
      return { status: 409, answer: { statusCode: 409, name: 'invalid_idempotent_request', message: 'Another body' } };
    }
    return { status: 200, answer: { id: `stand-in-${[...this.bodies.keys()].indexOf(key) + 1}` } };
  }
}

const FAILURE = { statusCode: 500, name: 'internal_server_error', message: 'Try again' };

function reply(response: ServerResponse, status: number, answer: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '1' }).end(JSON.stringify(answer));
}
