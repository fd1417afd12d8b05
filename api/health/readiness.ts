import type { ApiDependencies } from '../dependencies';
import { TASK_QUEUE } from '../../settings/temporal';

const ANSWER_MS = 2000;
/** A worker's poll lasts a minute at most; one that is alive was seen since. */
const LONGEST_POLL_MS = 65_000;

export interface Readiness {
  isReady: boolean;
  parts: Record<'postgres' | 'temporal' | 'worker', 'up' | 'down'>;
}

/** Asks every part that the practice needs whether it is there. */
export async function readiness(deps: ApiDependencies): Promise<Readiness> {
  const [postgres, pollers] = await Promise.all([isPostgresUp(deps), lastPolls(deps)]);
  const isPolled = pollers?.some((polledAt) => deps.now() - polledAt < LONGEST_POLL_MS) ?? false;
  const parts = { postgres: state(postgres), temporal: state(pollers !== undefined), worker: state(isPolled) };
  return { isReady: postgres && isPolled, parts };
}

function state(isUp: boolean): 'up' | 'down' {
  return isUp ? 'up' : 'down';
}

async function isPostgresUp({ db, logger }: ApiDependencies): Promise<boolean> {
  try {
    await db.pool.query('SELECT 1');
    return true;
  } catch (error) {
    logger.warn({ cause: String(error) }, 'PostgreSQL does not answer');
    return false;
  }
}

/** When workers last asked for filings' tasks (epoch ms); undefined where Temporal does not answer. */
async function lastPolls({ temporal, settings, logger }: ApiDependencies): Promise<number[] | undefined> {
  try {
    const { connection } = temporal.getClient();
    const { pollers } = await connection.withDeadline(Date.now() + ANSWER_MS, () =>
      connection.workflowService.describeTaskQueue({
        namespace: settings.TEMPORAL_NAMESPACE,
        taskQueue: { name: TASK_QUEUE },
      }),
    );
    return (pollers ?? []).map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000);
  } catch (error) {
    logger.warn({ cause: String(error) }, 'Temporal does not answer');
    return undefined;
  }
}
