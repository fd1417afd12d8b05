import { z } from '@hono/zod-openapi';
import { NOTIFICATION_EMAILS } from '../../domain/notifications/emailChoice';
import { readEmailChoice } from '../../models/notifications/notificationEmails';
import { chooseNotificationEmails } from '../../services/notifications/chooseEmails';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';

export const NotificationSettingsSchema = z.strictObject({ emails: z.enum(NOTIFICATION_EMAILS) }).openapi('NotificationSettings');

/** Whether, and how often, I am told by e-mail of what I am told on screen. */
export function notificationSettingsRoutes(api: Api, { db }: ApiDependencies): void {
  const common = {
    path: '/notifications/settings',
    tag: 'Logs',
    permission: 'own notifications',
    data: NotificationSettingsSchema,
  } as const;

  endpoint(api, { ...common, method: 'get', summary: 'How I am told by e-mail' }, async ({ user }) => ({
    data: { emails: await readEmailChoice(db.pool, user.id) },
  }));

  endpoint(
    api,
    {
      ...common,
      method: 'put',
      summary: 'Tell me by e-mail at once, once a day, or not at all',
      body: NotificationSettingsSchema,
    },
    async ({ body, user }) => {
      await chooseNotificationEmails(db.pool, user.id, body.emails);
      return { data: body, message: 'Saved' };
    },
  );
}
