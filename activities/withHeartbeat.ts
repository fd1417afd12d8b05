import { heartbeat } from '@temporalio/activity';

const EVERY_MS = 5000;

/** Tells Temporal that an activity is still at work, so that one whose worker was killed is tried again soon, not after its longest time. */
export async function withHeartbeat<T>(work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => heartbeat(), EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
