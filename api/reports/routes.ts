import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { chaseRoutes } from './chaseRoutes';
import { deadlineRoutes } from './deadlineRoutes';
import { workRoutes } from './workRoutes';

/** What the practice's work looks like from above; of a staff member's own filings only. */
export function reportRoutes(api: Api, deps: ApiDependencies): void {
  deadlineRoutes(api, deps);
  workRoutes(api, deps);
  chaseRoutes(api, deps);
}
