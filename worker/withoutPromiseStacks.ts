import { isMainThread } from 'node:worker_threads';
import { GlobalHandlers } from '@temporalio/worker/lib/workflow/vm-shared';

/**
 * For `node --require`, so that it comes before the SDK in the threads of the workflows. There the SDK takes a stack trace of every
 * promise, some forty for a transition, for the "Call Stack" of the Temporal UI alone: two fifths of the thread's time. Without them that query
 * is refused, as the SDK does where promises have no hooks. See docs/decisions/0010-no-promise-stacks.md.
 */
if (!isMainThread) {
  if (!Object.hasOwn(GlobalHandlers.prototype, 'setPromiseHook'))
    throw new Error('The SDK has no setPromiseHook any more: see docs/decisions/0010');
  Object.defineProperty(GlobalHandlers.prototype, 'setPromiseHook', { value: () => {} });
}
