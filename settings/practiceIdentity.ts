import type { PracticeIdentity } from '../domain/emails/email';
import type { Settings } from './settings';

/** Whose e-mails they are, as the settings say. */
export function practiceIdentity(settings: Settings): PracticeIdentity {
  return {
    name: settings.PRACTICE_NAME,
    address: settings.PRACTICE_ADDRESS ?? null,
    fromEmail: settings.EMAIL_FROM,
    replyTo: settings.EMAIL_REPLY_TO ?? null,
  };
}
