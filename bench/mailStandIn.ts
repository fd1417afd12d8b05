import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { z } from 'zod';

const Email = z.object({ to: z.string() });

interface Accepted {
  to: string;
  body: string;
  /** Epoch ms. */
  at: number;
}

/** Answers like Resend: takes an e-mail once for each idempotency key, and refuses a known key with another body. */
export class MailStandIn {
  /** By idempotency key. */
  readonly accepted = new Map<string, Accepted>();
  /** What a provider would have complained about. */
  readonly problems: string[] = [];

  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async start(port: number): Promise<MailStandIn> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const [status, answer] = mail.accept(String(request.headers['idempotency-key'] ?? ''), Buffer.concat(chunks).toString());
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    });
    const mail = new MailStandIn(`http://127.0.0.1:${port}`, server);
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
    return mail;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private accept(key: string, body: string): [number, object] {
    const known = this.accepted.get(key);
    if (known && known.body !== body) this.problems.push(`The key ${key} came again with another e-mail`);
    if (key === '') this.problems.push('An e-mail came without an idempotency key');
    if (key === '' || (known && known.body !== body)) {
      return [409, { statusCode: 409, name: 'invalid_idempotent_request', message: 'Idempotency key missing or reused' }];
    }
    if (!known) this.accepted.set(key, { to: Email.parse(JSON.parse(body)).to, body, at: Date.now() });
    return [200, { id: `stand-in-${key}` }];
  }
}
