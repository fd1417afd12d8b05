import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Runtime } from '@temporalio/worker';
import type { Pool } from 'pg';

const EVERY_MS = 5000;
const NS_PER_MS = 1e6;

/** Adds the database pool and the process to what the SDK tells Prometheus; gives what ends it. */
export function measureWorker(pool: Pool): () => void {
  const { metricMeter } = Runtime.instance();
  const connections = metricMeter.createGauge(
    'numericalz_database_pool',
    'int',
    undefined,
    'Connections to PostgreSQL, in all and idle, and callers that wait for one',
  );
  const memory = metricMeter.createGauge('numericalz_worker_memory_bytes', 'int', undefined, 'Memory that the worker holds');
  const delay = metricMeter.createGauge(
    'numericalz_worker_event_loop_delay_ms',
    'float',
    undefined,
    'How late the worker comes to its work, 99 of 100 times no later',
  );
  const loop = monitorEventLoopDelay();
  loop.enable();
  const measure = (): void => {
    const states = { total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount };
    for (const [state, count] of Object.entries(states)) connections.set(count, { state });
    memory.set(process.memoryUsage.rss());
    delay.set(loop.percentile(99) / NS_PER_MS);
    loop.reset();
  };
  measure();
  const timer = setInterval(measure, EVERY_MS);
  return () => {
    clearInterval(timer);
    loop.disable();
  };
}
