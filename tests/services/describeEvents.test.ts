import { temporal } from '@temporalio/proto';
import { describeEvents } from '../../services/histories/describeEvents';
import type { ReadEvent } from '../../services/histories/readEvents';

/** A local activity that sent an e-mail, with what it gave. */
function sending(result: unknown): ReadEvent {
  const event = {
    eventType: temporal.api.enums.v1.EventType.EVENT_TYPE_MARKER_RECORDED,
    markerRecordedEventAttributes: { markerName: 'core_local_activity' },
  };
  return { runId: 'run', eventId: 1, at: '2036-04-01T08:00:00.000Z', event, summary: 'Send the e-mail', values: [result] };
}

it.each([
  [{ status: 'SENT' }, 'Done: Send the e-mail (SENT)'],
  [{ status: 'LATER' }, 'Left for later: Send the e-mail'],
])('tells of a sending that gave %j: %s', (result, what) => {
  expect(describeEvents([sending(result)])).toMatchObject([{ who: 'System', what }]);
});
