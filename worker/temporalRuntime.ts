import { setFlagsFromString } from 'node:v8';
import { makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { Logger as PinoLogger } from '../settings/logger';
import type { Settings } from '../settings/settings';

const WORKFLOW_STACK_FRAMES = 4;

/** Prepares the SDK's runtime, once per process and before any connection: its log goes to ours, its metrics to Prometheus. */
export function installRuntime(settings: Settings, logger: PinoLogger): void {
  // The SDK takes a stack trace of each promise of a workflow: V8's ten frames cost a quarter of the workflow thread's time. For the
  // isolates made from now on, which are the workflows'.
  setFlagsFromString(`--stack-trace-limit=${WORKFLOW_STACK_FRAMES}`);
  const write =
    (level: 'trace' | 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, meta: Record<string, unknown> = {}): void =>
      logger[level](meta, message);
  Runtime.install({
    logger: {
      log: (level, message, meta) => write(levelOf(level))(message, meta),
      trace: write('trace'),
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
    },
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'WARN' }), forward: {} },
      ...(settings.WORKER_METRICS_PORT === undefined
        ? {}
        : { metrics: { prometheus: { bindAddress: `${settings.WORKER_METRICS_HOST}:${settings.WORKER_METRICS_PORT}` } } }),
    },
    shutdownSignals: [],
  });
}

function levelOf(level: string): 'trace' | 'debug' | 'info' | 'warn' | 'error' {
  const lower = level.toLowerCase();
  return lower === 'trace' || lower === 'debug' || lower === 'warn' || lower === 'error' ? lower : 'info';
}
