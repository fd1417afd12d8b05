import type { Client } from '@temporalio/client';
import { z } from 'zod';
import type { Fired } from './bareActivities';
import type { bareTimer, bareVariable } from './bareWorkflows';
import { startChild } from './childProcess';
import type { Endings } from './endings';
import { atOnce } from './series';

const TASK_QUEUE = 'bench-bare';
const STARTS_AT_ONCE = 16;

const FiredMessage = z.object({ instant: z.number(), at: z.number() });

/** Sets the variable of one bare workflow by an update, and waits for its answer. */
type SetVariable = (value: number) => Promise<void>;

/** The same engine with none of our work: a worker process of its own, on the same Temporal server, called over the same SDK. */
export class BareEngine {
  /** Every run of the activity of a timer. */
  readonly fired: Fired[] = [];

  private constructor(private readonly client: Client) {}

  static async start(client: Client, address: string, endings: Endings): Promise<BareEngine> {
    const engine = new BareEngine(client);
    const env = { BARE_TEMPORAL_ADDRESS: address, BARE_TASK_QUEUE: TASK_QUEUE, BARE_NAMESPACE: client.options.namespace };
    await startChild('bareWorker.ts', env, endings, (message) => engine.fired.push(FiredMessage.parse(message)));
    return engine;
  }

  /** Starts workflows with one variable each. */
  async startVariables(count: number): Promise<SetVariable[]> {
    const setters: SetVariable[] = [];
    await atOnce(STARTS_AT_ONCE, count, async (index) => {
      const options = { taskQueue: TASK_QUEUE, workflowId: `bare-variable-${index}` };
      const handle = await this.client.workflow.start<typeof bareVariable>('bareVariable', options);
      setters.push(async (value) => {
        const answer = await handle.executeUpdate<number, [number]>('set', { args: [value] });
        if (answer !== value) throw new Error(`A bare update to ${value} answered ${answer}`);
      });
    });
    return setters;
  }

  /** Starts workflows that each wait until an instant (epoch ms). */
  async startTimers(count: number, instant: number): Promise<void> {
    await atOnce(STARTS_AT_ONCE, count, async (index) => {
      await this.client.workflow.start<typeof bareTimer>('bareTimer', {
        taskQueue: TASK_QUEUE,
        workflowId: `bare-timer-${instant}-${index}`,
        args: [instant],
      });
    });
  }
}
