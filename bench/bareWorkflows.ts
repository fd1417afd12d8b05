import { condition, defineUpdate, proxyActivities, setHandler, sleep } from '@temporalio/workflow';
import type { BareActivities } from './bareActivities';

const { fire } = proxyActivities<BareActivities>({ startToCloseTimeout: '1 minute' });

/** What the engine alone needs for a change that is asked for and answered: one variable, one update handler. */
export async function bareVariable(): Promise<void> {
  let variable = 0;
  setHandler(defineUpdate<number, [number]>('set'), (value) => {
    variable = value;
    return variable;
  });
  await condition(() => false);
}

/** What the engine alone needs for something that happens by itself: one timer until an instant (epoch ms), one activity. */
export async function bareTimer(instant: number): Promise<void> {
  await sleep(Math.max(instant - Date.now(), 1));
  await fire(instant);
}
