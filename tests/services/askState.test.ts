import { ServiceError } from '@temporalio/client';
import { isTaskFailing } from '../../services/filings/askState';

const FAILED_PRECONDITION = 9;

/** What a query throws that Temporal refused. */
function refused(details: string): ServiceError {
  const cause = Object.assign(new Error(`9 FAILED_PRECONDITION: ${details}`), {
    code: FAILED_PRECONDITION,
    details,
    metadata: {},
  });
  return new ServiceError('Failed to query Workflow', { cause });
}

it.each([
  ['Unable to query workflow due to Workflow Task in failed state.', true],
  ['no poller seen for task queue recently, worker may be down', false],
  ['Workflow task is not scheduled yet.', false],
])('of what Temporal refuses a query with, %j says that the task keeps failing: %s', (details, isFailing) => {
  expect(isTaskFailing(refused(details))).toBe(isFailing);
});

it('takes nothing else for it', () => {
  expect(isTaskFailing(new Error('Workflow Task in failed state'))).toBe(false);
});
