import { connect } from 'node:net';
import { Resend } from 'resend';
import type { EmailProvider, OutgoingEmail, ProviderAnswer } from './provider';

const CALL_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
const RETRY_WITHOUT_HINT_MS = 60_000;

/** Sends through Resend. Its client does not tell a refused connection from a lost answer, so the connection is tried first. */
export class ResendProvider implements EmailProvider {
  private readonly resend: Resend;
  private readonly address: { host: string; port: number };

  constructor(apiKey: string, baseUrl: string) {
    this.resend = new Resend(apiKey, { baseUrl });
    const { hostname, port, protocol } = new URL(baseUrl);
    this.address = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (protocol === 'http:' ? 80 : 443)) };
  }

  async send({ idempotencyKey, replyTo, ...email }: OutgoingEmail, withinMs = CALL_TIMEOUT_MS): Promise<ProviderAnswer> {
    const signal = AbortSignal.timeout(withinMs);
    const unreachable = await connectionError(this.address, Math.min(withinMs, CONNECT_TIMEOUT_MS));
    if (unreachable) return { outcome: 'notSent', reason: `Resend cannot be reached: ${unreachable}` };
    const { data, error, headers } = await this.resend.emails.send(replyTo === null ? email : { ...email, replyTo }, {
      idempotencyKey,
      signal,
    });
    if (typeof data?.id === 'string') return { outcome: 'accepted', messageId: data.id };
    return classify(
      error?.statusCode ?? null,
      error?.name ?? 'unreadable_answer',
      error?.message ?? '',
      headers?.['retry-after'],
    );
  }
}

/** What a status of Resend's means for the e-mail; exported for its table of tests. */
function classify(status: number | null, name: string, message: string, retryAfter?: string): ProviderAnswer {
  const reason = `Resend answered ${status ?? 'nothing readable'}: ${name} ${message}`.trim();
  if (status === 429) return { outcome: 'notSent', reason, retryAfterMs: retryAfterMs(retryAfter) };
  // A wrong or restricted key is ours to mend; the e-mail itself is fine.
  if (status === 401 || status === 403) return { outcome: 'notSent', reason, retryAfterMs: RETRY_WITHOUT_HINT_MS };
  if (status === null || status >= 500 || status === 408 || name === 'concurrent_idempotent_requests') {
    return { outcome: 'unknown', reason };
  }
  return { outcome: 'refused', reason };
}

function retryAfterMs(header: string | undefined): number {
  const seconds = Number(header);
  return header !== undefined && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : RETRY_WITHOUT_HINT_MS;
}

function connectionError({ host, port }: { host: string; port: number }, timeout: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout });
    const finish = (error: string | null): void => {
      socket.destroy();
      resolve(error);
    };
    socket.once('connect', () => finish(null));
    socket.once('timeout', () => finish('the connection timed out'));
    socket.once('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
  });
}
