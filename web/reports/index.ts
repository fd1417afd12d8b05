import type { Web } from '../pages';
import { page } from '../pages';
import { chaseEffectivenessPage, chasesPage } from './chasePages';
import { deadlinesPage } from './deadlinesPage';
import { overduePage } from './overduePage';
import { stagesPage, timeInStagePage, workloadPage } from './workPages';

/** What the practice's work looks like from above, as pages with pictures. */
export function reportPages(web: Web): void {
  page(web, '/reports', ({ c }) => Promise.resolve(c.redirect('/reports/deadlines', 303)));
  page(web, '/reports/deadlines', deadlinesPage);
  page(web, '/reports/overdue', overduePage);
  page(web, '/reports/workload', workloadPage);
  page(web, '/reports/stages', stagesPage);
  page(web, '/reports/time-in-stage', timeInStagePage);
  page(web, '/reports/chases', chasesPage);
  page(web, '/reports/chase-effectiveness', chaseEffectivenessPage);
}
