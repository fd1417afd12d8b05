/** How a person is told by e-mail of what they are told on screen: at once, once a day, or not at all. */
export const NOTIFICATION_EMAILS = ['AT_ONCE', 'DAILY_DIGEST', 'NONE'] as const;
export type NotificationEmails = (typeof NOTIFICATION_EMAILS)[number];
