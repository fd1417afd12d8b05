import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { z } from 'zod';
import { freePort } from '../../embedded/ports';

const Spans = z.object({
  resourceSpans: z.array(
    z.object({
      scopeSpans: z.array(
        z.object({
          spans: z.array(z.looseObject({ traceId: z.string(), name: z.string(), parentSpanId: z.string().optional() })),
        }),
      ),
    }),
  ),
});

/** A span as a collector got it. */
export type CollectedSpan = z.infer<typeof Spans>['resourceSpans'][number]['scopeSpans'][number]['spans'][number];

/** Takes spans by OTLP over HTTP, as an OpenTelemetry collector does. */
export class CollectorStandIn {
  readonly spans: CollectedSpan[] = [];

  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async start(): Promise<CollectorStandIn> {
    const port = await freePort();
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { resourceSpans } = Spans.parse(JSON.parse(body));
        standIn.spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)));
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    const standIn = new CollectorStandIn(`http://127.0.0.1:${port}`, server);
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
    return standIn;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
