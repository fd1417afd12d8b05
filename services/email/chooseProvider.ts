import type { EmailProvider } from './provider';
import { ResendProvider } from './resendProvider';

const RESERVED_DOMAIN = /@(.+\.)?example\.(com|net|org)$/i;
const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Keeps mail on this machine: its text is in email_logs and can be read at /dev/mailbox. */
const localMailbox: EmailProvider = {
  send: ({ idempotencyKey }) => Promise.resolve({ outcome: 'accepted', messageId: `local:${idempotencyKey}` }),
};

/**
 * The provider that the settings ask for: Resend where there is a key, else the local mailbox. Mail to the domains reserved for
 * examples never leaves the machine.
 */
export function chooseProvider(settings: { apiKey: string | undefined; baseUrl: string }): EmailProvider {
  if (settings.apiKey === undefined) return localMailbox;
  const resend = new ResendProvider(settings.apiKey, settings.baseUrl);
  if (LOOPBACK_HOSTS.has(new URL(settings.baseUrl).hostname)) return resend;
  return { send: (email, withinMs) => (RESERVED_DOMAIN.test(email.to) ? localMailbox : resend).send(email, withinMs) };
}
