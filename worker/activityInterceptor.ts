import type { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { ActivityInterceptors } from '@temporalio/worker';
import { isPassing, refusalOf } from '../models/databaseFailure';
import { traceOf } from '../settings/temporalTracing';
import { inSpan, SpanKind } from '../settings/tracing';

/** Around every activity: its span in the trace of the request that it is for, and a failure that a manager can read and that tells nothing private. */
export function activityInterceptor(activity: Context): ActivityInterceptors {
  const { activityType, workflowExecution, attempt } = activity.info;
  const attributes = { 'temporal.workflow_id': workflowExecution?.workflowId ?? '', 'temporal.attempt': attempt };
  return {
    inbound: {
      execute: (input, next) =>
        inSpan(`activity ${activityType}`, { kind: SpanKind.CONSUMER, attributes, from: traceOf(input.headers) }, async () => {
          try {
            return await next(input);
          } catch (error) {
            throw readable(error, activity);
          }
        }),
    },
  };
}

/** What PostgreSQL says may hold a row's values: the history gets a sentence, the log of the worker the rest. */
function readable(error: unknown, { log, info }: Context): unknown {
  if (!(error instanceof Error) || error instanceof ApplicationFailure) return error;
  const state = refusalOf(error);
  if (state === undefined && !isPassing(error)) return error;
  log.warn('PostgreSQL failed an activity', { activityType: info.activityType, sqlState: state, cause: error.message });
  return isPassing(error)
    ? ApplicationFailure.retryable('PostgreSQL is away or too busy: it is tried again by itself', 'DATABASE_AWAY')
    : ApplicationFailure.retryable(
        `PostgreSQL refused it (SQLSTATE ${state}): it is tried again; the worker's log says more`,
        'DATABASE_REFUSED',
      );
}
