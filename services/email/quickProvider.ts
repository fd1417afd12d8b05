import type { EmailProvider, OutgoingEmail, ProviderAnswer } from './provider';

const LONGEST_MS = 1_500;
const REST_MS = 60_000;

/** A provider as it is asked where others wait for its answer: for a moment, and, once it did not take an e-mail, not for a minute. */
export class QuickProvider implements EmailProvider {
  private restsUntil = 0;

  constructor(
    private readonly provider: EmailProvider,
    private readonly now: () => number = Date.now,
  ) {}

  /** Whether it is not to be asked: it would keep others waiting, or has said that it has too much to do. */
  get isResting(): boolean {
    return this.now() < this.restsUntil;
  }

  async send(email: OutgoingEmail): Promise<ProviderAnswer> {
    const answer = await this.provider.send(email, LONGEST_MS);
    if (answer.outcome === 'notSent' || answer.outcome === 'unknown') this.restsUntil = this.now() + REST_MS;
    return answer;
  }
}
