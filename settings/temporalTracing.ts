import type { WorkflowClientInterceptor } from '@temporalio/client';
import type { Headers } from '@temporalio/common';
import { defaultPayloadConverter } from '@temporalio/common';
import type { TraceHeaders } from './tracing';
import { inSpan, SpanKind, traceHeaders } from './tracing';

/** The header of Temporal's messages in which a trace travels; workflow code hands it on unread. */
const TRACE_HEADER = 'trace';

/** Spans for what is asked of workflows, which go on in the activities that the workflow asks for. */
export const tracingClientInterceptor: WorkflowClientInterceptor = {
  signal: (input, next) =>
    inSpan(`signal ${input.signalName}`, client(input.workflowExecution.workflowId), () =>
      next({ ...input, headers: withTrace(input.headers) }),
    ),
  startWithDetails: (input, next) =>
    inSpan(`start ${input.workflowType}`, client(input.options.workflowId), () =>
      next({ ...input, headers: withTrace(input.headers) }),
    ),
  signalWithStart: (input, next) =>
    inSpan(`signal ${input.signalName} and start`, client(input.options.workflowId), () =>
      next({ ...input, headers: withTrace(input.headers) }),
    ),
};

/** The trace that came with a message; empty where none did. */
export function traceOf(headers: Headers): TraceHeaders {
  const payload = headers[TRACE_HEADER];
  return payload ? defaultPayloadConverter.fromPayload<TraceHeaders>(payload) : {};
}

function client(workflowId: string): { kind: SpanKind; attributes: Record<string, string> } {
  return { kind: SpanKind.CLIENT, attributes: { 'temporal.workflow_id': workflowId } };
}

function withTrace(headers: Headers): Headers {
  const trace = traceHeaders();
  return Object.keys(trace).length === 0 ? headers : { ...headers, [TRACE_HEADER]: defaultPayloadConverter.toPayload(trace) };
}
