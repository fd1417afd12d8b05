import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { ApiEnv } from '../context';

const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What Prometheus reads of one API process. */
export class ApiMetrics {
  readonly registry = new Registry();
  private readonly durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to its answer, by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS_SECONDS,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Times every request; under the route's pattern, for paths hold ids. */
  measure(): MiddlewareHandler<ApiEnv> {
    return async (c, next) => {
      const startedAt = performance.now();
      await next();
      const route = matchedRoutes(c).findLast(({ path }) => !path.includes('*'))?.path ?? 'none';
      const seconds = (performance.now() - startedAt) / 1000;
      this.durations.observe({ method: c.req.method, route, status: String(c.res.status) }, seconds);
    };
  }
}
