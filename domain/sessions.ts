/** How a session's token travels: in a cookie for pages, in the Authorization header for programs. */
export const SESSION_KINDS = ['BROWSER', 'BEARER'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

/** What a token for programs may do: read only, or everything that its owner may. */
export const API_TOKEN_SCOPES = ['READ', 'READ_WRITE'] as const;
export type ApiTokenScope = (typeof API_TOKEN_SCOPES)[number];

/** Why a link by which a password is set was mailed. */
export const PASSWORD_LINK_PURPOSES = ['RESET', 'INVITATION'] as const;
export type PasswordLinkPurpose = (typeof PASSWORD_LINK_PURPOSES)[number];
