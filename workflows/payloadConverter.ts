import type { Payload } from '@temporalio/common';
import { DefaultPayloadConverter } from '@temporalio/common';

/** What a payload is read as that cannot be decoded. */
const UNREADABLE = { unreadable: true } as const;

/**
 * Signals can be sent by hand with bytes that are no JSON. Read the default way they would fail the workflow task, again and again,
 * and block the filing; read as UNREADABLE they are refused like any other malformed message.
 */
class TolerantPayloadConverter extends DefaultPayloadConverter {
  override fromPayload<T>(payload: Payload): T {
    try {
      return super.fromPayload<T>(payload);
    } catch {
      return super.fromPayload<T>(this.toPayload(UNREADABLE));
    }
  }
}

export const payloadConverter = new TolerantPayloadConverter();
