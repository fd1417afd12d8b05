import type { Api } from '../endpoint';
import type { ApiDependencies } from '../dependencies';
import { notFoundHandler } from '../failures';
import { ApiMetrics } from './metrics';
import { PracticeMetrics } from './practiceMetrics';
import { readiness } from './readiness';
import { mayScrape } from './scraper';

/** For those who run the system: is it alive, is it ready, how is it doing. */
export function healthRoutes(app: Api, deps: ApiDependencies): void {
  const metrics = new ApiMetrics();
  const practice = new PracticeMetrics(metrics.registry, deps);
  app.use('/api/*', metrics.measure());
  app.get('/health/live', (c) => c.json({ status: 'up' }));
  app.get('/health/ready', async (c) => {
    const { isReady, parts } = await readiness(deps);
    return c.json({ status: isReady ? 'up' : 'down', parts }, isReady ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    if (!mayScrape(c, deps)) return notFoundHandler(c);
    await practice.refresh();
    c.header('Content-Type', metrics.registry.contentType);
    return c.body(await metrics.registry.metrics());
  });
}
