/** How a session's token travels: in a cookie for pages, in the Authorization header for programs. */
export const SESSION_KINDS = ['BROWSER', 'BEARER'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];
