import { CancellationScope, condition, isCancellation, sleep } from '@temporalio/workflow';
import { spreadOf } from '../domain/chasing/spread';
import type { Wake } from './filing';

interface RunningTimer {
  wake: Wake;
  scope: CancellationScope;
  hasFired: boolean;
}

/** The one timer of a filing. It goes on while messages come, for most of them change nothing of what the filing wakes for next. */
export class WakeTimer {
  private running: RunningTimer | undefined;

  constructor(private readonly clientId: string) {}

  /** Waits until the wake is due, or `isCalled` earlier. Gives whether it was called. */
  async wait(wake: Wake, isCalled: () => boolean): Promise<boolean> {
    const { running } = this;
    const timer = running?.wake.at === wake.at && running.wake.action === wake.action ? running : this.start(wake);
    await condition(() => isCalled() || timer.hasFired);
    if (isCalled()) return true;
    this.running = undefined;
    return false;
  }

  private start(wake: Wake): RunningTimer {
    this.running?.scope.cancel();
    const timer: RunningTimer = { wake, scope: new CancellationScope(), hasFired: false };
    this.running = timer;
    // What is late already goes at once.
    const left = wake.at - Date.now();
    void timer.scope
      .run(() => sleep(left > 0 ? left + spreadOf(this.clientId) : 1, { summary: wake.action }))
      .then(
        () => {
          timer.hasFired = true;
        },
        (error: unknown) => {
          if (!isCancellation(error)) throw error;
        },
      );
    return timer;
  }
}
