import type { FilingKind } from '../../domain/filings/stages';
import { FILING_KINDS } from '../../domain/filings/stages';

/** A filing that has changed. */
export interface ChangedFiling {
  kind: FilingKind;
  filingId: string;
}

/** Somebody who was told something. */
export interface ToldPerson {
  toldUserId: string;
}

/** What a listener is told: a filing, a person, or that some were missed and everything should be read again. */
export type Change = ChangedFiling | ToldPerson | 'missed';

interface Subscriber {
  onChange: (change: Change) => void;
  onEnd: () => void;
}

/** Passes on which filings change and who is told something, to everybody who listens in this process. */
export class LiveChanges {
  private readonly subscribers = new Set<Subscriber>();

  /** Listens until the function that it gives is called; `onEnd` is called where the process stops first. */
  subscribe(subscriber: Subscriber): () => void {
    this.subscribers.add(subscriber);
    return () => this.subscribers.delete(subscriber);
  }

  /** Takes the payload of a changed filing, `KIND:id`; anything else is left alone. */
  tell(payload: string): void {
    const [name = '', filingId = ''] = payload.split(':');
    const kind = FILING_KINDS.find((candidate) => candidate === name);
    if (kind !== undefined && filingId !== '') this.pass({ kind, filingId });
  }

  /** There is a notification for a person. */
  tellNotified(toldUserId: string): void {
    this.pass({ toldUserId });
  }

  /** Changes may have been missed. */
  tellMissed(): void {
    this.pass('missed');
  }

  /** Ends every subscription, so that the server can stop. */
  end(): void {
    for (const subscriber of this.subscribers) subscriber.onEnd();
    this.subscribers.clear();
  }

  private pass(change: Change): void {
    for (const { onChange } of this.subscribers) onChange(change);
  }
}
