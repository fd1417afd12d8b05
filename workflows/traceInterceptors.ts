import type { Headers, WorkflowInterceptors } from '@temporalio/workflow';

/** See settings/temporalTracing.ts. */
const TRACE_HEADER = 'trace';
/** Signals whose recording has not begun; older ones are forgotten. */
const MOST_KEPT = 100;

/**
 * Hands the trace that came with a request on to the activity that records its outcome, which names the request in its first or second
 * argument. Nothing is decided by it: a header changes no command.
 */
export function interceptors(): WorkflowInterceptors {
  const traces = new Map<string, Headers[string]>();

  function headersFor(headers: Headers, args: readonly unknown[]): Headers {
    const requestId = args.map(requestOf).find((id) => id !== undefined);
    const trace = requestId === undefined ? undefined : traces.get(requestId);
    return trace === undefined ? headers : { ...headers, [TRACE_HEADER]: trace };
  }

  return {
    inbound: [
      {
        handleSignal(input, next) {
          const [requestId, trace] = [requestOf(input.args[0]), input.headers[TRACE_HEADER]];
          if (requestId !== undefined && trace !== undefined) {
            traces.set(requestId, trace);
            const [oldest] = traces.keys();
            if (traces.size > MOST_KEPT && oldest !== undefined) traces.delete(oldest);
          }
          return next(input);
        },
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => next({ ...input, headers: headersFor(input.headers, input.args) }),
        scheduleLocalActivity: (input, next) => next({ ...input, headers: headersFor(input.headers, input.args) }),
      },
    ],
  };
}

/** The request that an argument is about: a signal's body, a record, or the records of a reminder. */
function requestOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('requestId' in value && typeof value.requestId === 'string') return value.requestId;
  return 'sent' in value ? requestOf(value.sent) : undefined;
}
