import { MailNotSentError } from '../../services/email/accountMailer';
import { makePasswordLink } from '../../services/sessions/passwordLinks';
import type { UserRecord } from '../../services/users/users';
import { required } from '../../settings/settings';
import { PASSWORD_PAGE } from '../auth/passwordLink';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';

/** Mails a person a link to choose their password. Throws PROVIDER_FAILED. */
export async function invite(
  { db, settings, accountMailer }: ApiDependencies,
  by: { id: string },
  user: UserRecord,
): Promise<void> {
  const token = await makePasswordLink(db.pool, user.id, 'INVITATION', required(settings, 'APP_SECRET'), {
    action: 'USER_INVITED',
    userId: by.id,
    details: { targetUserId: user.id },
  });
  const link = `${required(settings, 'PUBLIC_URL')}${PASSWORD_PAGE}#${token}`;
  try {
    await accountMailer.send(user, 'invitation', { name: user.name, link: { url: link, label: 'Choose your password' } });
  } catch (error) {
    if (error instanceof MailNotSentError) throw new ApiError('PROVIDER_FAILED', error.message);
    throw error;
  }
}
