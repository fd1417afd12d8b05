import type { Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { freePort } from '../../embedded/ports';

/** An e-mail as the provider accepted it. */
export interface AcceptedEmail {
  idempotencyKey: string;
  from: unknown;
  to: unknown;
  replyTo: unknown;
  subject: unknown;
  text: string;
  html: string;
  /** The provider's id of it. */
  id: string;
}

/** How the provider answers: as it should, with an answer that gets lost on its way, with too many requests, with a refusal, or not at all. */
type Behaviour = 'accept' | 'acceptAndFail' | 'tooMany' | 'refuse' | 'keepSilent';

/**
 * Answers like Resend: accepts an e-mail once for each idempotency key, repeats its answer for a key that it knows, and refuses such a
 * key with another body.
 */
export class ResendStandIn {
  readonly accepted: AcceptedEmail[] = [];
  behaviour: Behaviour = 'accept';
  /** How often it was asked to take an e-mail, whatever it answered. */
  calls = 0;
  private readonly known = new Map<string, { id: string; body: string }>();

  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async start(): Promise<ResendStandIn> {
    const port = await freePort();
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => standIn.answer(response, String(request.headers['idempotency-key'] ?? ''), text));
    });
    const standIn = new ResendStandIn(`http://127.0.0.1:${port}`, server);
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
    return standIn;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private answer(response: ServerResponse, key: string, body: string): void {
    const reply = (status: number, answer: object): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...(status === 429 ? { 'retry-after': '1' } : {}) });
      response.end(JSON.stringify(answer));
    };
    this.calls += 1;
    if (this.behaviour === 'keepSilent') return;
    if (this.behaviour === 'tooMany') return reply(429, { statusCode: 429, name: 'rate_limit_exceeded', message: 'Slow down' });
    if (this.behaviour === 'refuse') return reply(422, { statusCode: 422, name: 'validation_error', message: 'Bad address' });
    const known = this.known.get(key);
    if (known && known.body !== body) {
      return reply(409, { statusCode: 409, name: 'invalid_idempotent_request', message: 'Another body' });
    }
    const id = known?.id ?? this.accept(key, body);
    if (this.behaviour === 'acceptAndFail') return reply(500, { statusCode: 500, name: 'application_error', message: 'Broken' });
    return reply(200, { id });
  }

  private accept(idempotencyKey: string, body: string): string {
    const email: Record<string, unknown> = JSON.parse(body);
    const { from, to, reply_to: replyTo, subject, text, html } = email;
    const id = `stand-in-${this.known.size + 1}`;
    this.known.set(idempotencyKey, { id, body });
    this.accepted.push({ idempotencyKey, from, to, replyTo, subject, text: String(text), html: String(html), id });
    return id;
  }
}
