import type { Attributes, Context, Span } from '@opentelemetry/api';
import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Settings } from './settings';

const TRACER = 'numericalz';

export { SpanKind } from '@opentelemetry/api';

/** The headers by which a trace goes on in another process: see W3C Trace Context. */
export type TraceHeaders = Record<string, string>;

/**
 * Sends traces by OTLP over HTTP where an endpoint is set; otherwise spans are not made and cost next to nothing. Gives what hands the
 * last ones over and ends it.
 */
export function startTracing(settings: Pick<Settings, 'OTEL_EXPORTER_OTLP_ENDPOINT'>, component: string): () => Promise<void> {
  const endpoint = settings.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return () => Promise.resolve();
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': `numericalz-${component}`, 'service.namespace': 'numericalz' }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }))],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return () => provider.shutdown();
}

/** Does some work in a span of its own, below the one that is open, or below the one that headers from another process name. */
export async function inSpan<T>(
  name: string,
  options: { kind?: SpanKind; attributes?: Attributes; from?: TraceHeaders },
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const parent = options.from ? fromHeaders(options.from) : context.active();
  const { kind = SpanKind.INTERNAL, attributes = {} } = options;
  return await trace.getTracer(TRACER).startActiveSpan(name, { kind, attributes }, parent, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      // The class alone: a message may hold what nobody may read.
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'unknown' });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** A span for something that has just ended; none where nothing is traced. */
export function spanOfThePast(name: string, milliseconds: number, options: { kind: SpanKind; attributes: Attributes }): void {
  if (!isTraced()) return;
  const end = Date.now();
  trace
    .getTracer(TRACER)
    .startSpan(name, { ...options, startTime: end - milliseconds })
    .end(end);
}

/** The headers that carry the open span to another process; none where nothing is traced. */
export function traceHeaders(): TraceHeaders {
  const headers: TraceHeaders = {};
  propagation.inject(context.active(), headers);
  return headers;
}

/** Whether spans are made here and now. */
export function isTraced(): boolean {
  return trace.getActiveSpan() !== undefined;
}

/** Lets a callback run in the context in which it was given. */
export function bound<Callback>(callback: Callback): Callback {
  return context.bind(context.active(), callback);
}

function fromHeaders(headers: TraceHeaders): Context {
  return propagation.extract(ROOT_CONTEXT, headers);
}
