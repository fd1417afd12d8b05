import { DefaultFailureConverter } from '@temporalio/common';

/** Where payloads are encrypted, the messages and stacks of failures are too. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
