import { temporal } from '@temporalio/proto';
import { describeEvents } from '../../services/histories/describeEvents';
import type { ReadEvent } from '../../services/histories/readEvents';

/** A local activity, with what it gave. */
function local(result: unknown, summary: string): ReadEvent {
  const event = {
    eventType: temporal.api.enums.v1.EventType.EVENT_TYPE_MARKER_RECORDED,
    markerRecordedEventAttributes: { markerName: 'core_local_activity' },
  };
  return { runId: 'run', eventId: 1, at: '2036-04-01T08:00:00.000Z', event, summary, values: [result] };
}

it.each([
  [{ status: 'SENT' }, 'Done: Send the e-mail (SENT)'],
  [{ status: 'LATER' }, 'Left for later: Send the e-mail'],
])('tells of a sending that gave %j: %s', (result, what) => {
  expect(describeEvents([local(result, 'Send the e-mail')])).toMatchObject([{ who: 'System', what }]);
});

it.each([
  [{ status: 'RECORDED', emailIds: ['c1'] }, 'Done: Record WORK_IN_PROGRESS'],
  [
    { status: 'RECORDED', emailIds: [], emails: [{ emailId: 'c1', status: 'SENT' }] },
    'Done: Record WORK_IN_PROGRESS, e-mail to the client (SENT)',
  ],
  [{ status: 'BEHIND' }, 'Done: Record WORK_IN_PROGRESS (BEHIND)'],
  [
    { status: 'NOT_SENT', outcome: 'unsendable', reason: 'NO_ADDRESS' },
    'Done: Record WORK_IN_PROGRESS (not sent: The client has no e-mail address)',
  ],
  [
    { status: 'NOT_SENT', outcome: 'dayTaken', reason: 'CLIENT_ALREADY_EMAILED' },
    'Done: Record WORK_IN_PROGRESS (not sent: An e-mail to the client was made already that day)',
  ],
])('tells of a recording that gave %j: %s', (result, what) => {
  expect(describeEvents([local(result, 'Record WORK_IN_PROGRESS')])).toMatchObject([{ who: 'System', what }]);
});

it('tells the same of a recording that waited for the database', () => {
  const { EventType } = temporal.api.enums.v1;
  const { ActivityTaskCompletedEventAttributes } = temporal.api.history.v1;
  const scheduled = local(undefined, 'Record WORK_IN_PROGRESS');
  const completed = local({ status: 'RECORDED', emailIds: [], emails: [{ emailId: 'c1', status: 'FAILED' }] }, '');
  const events = [
    { ...scheduled, event: { eventType: EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED } },
    {
      ...completed,
      eventId: 2,
      event: {
        eventType: EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
        activityTaskCompletedEventAttributes: ActivityTaskCompletedEventAttributes.fromObject({ scheduledEventId: 1 }),
      },
    },
  ];
  expect(describeEvents(events).map(({ what }) => what)).toEqual([
    'Begins: Record WORK_IN_PROGRESS',
    'Done: Record WORK_IN_PROGRESS, e-mail to the client (FAILED)',
  ]);
});
