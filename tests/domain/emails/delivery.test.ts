import * as fc from 'fast-check';
import type { EmailEvent } from '../../../domain/emails/delivery';
import { deliveryOf, EMAIL_EVENT_TYPES } from '../../../domain/emails/delivery';

const event = fc.record<EmailEvent>({
  type: fc.constantFrom(...EMAIL_EVENT_TYPES),
  occurredAt: fc.integer({ min: 1, max: 1000 }).map((minute) => new Date(minute * 60_000)),
  reason: fc.option(fc.constantFrom('Mailbox full', 'No such mailbox')),
});
const events = fc.uniqueArray(event, { selector: ({ occurredAt }) => occurredAt.getTime(), maxLength: 8 });

it('comes to the same in whatever order events are told, and however often', () => {
  fc.assert(
    fc.property(events, (told) => {
      const expected = deliveryOf(told);
      expect(deliveryOf(told.toReversed())).toEqual(expected);
      expect(deliveryOf([...told, ...told])).toEqual(expected);
    }),
  );
});

it('has failed once it came back, and is never called delivered unless somebody confirmed it', () => {
  fc.assert(
    fc.property(events, (told) => {
      const types = told.map(({ type }) => type);
      const { status, suppression } = deliveryOf(told);
      expect(status === 'FAILED').toBe(types.some((type) => /bounced|failed|suppressed/.test(type)));
      expect(status === null).toBe(types.length === 0);
      expect(suppression !== null).toBe(types.some((type) => /bounced|complained|suppressed/.test(type)));
    }),
  );
});
