/** The roles of data-models.md, from most to least powerful. */
export const USER_ROLES = ['PARTNER', 'MANAGER', 'STAFF'] as const;
export type UserRole = (typeof USER_ROLES)[number];

/** Author of what timers do: an inactive user that the migrations make, hidden from lists and counts. */
export const SYSTEM_USER_ID = 'csystem0000000000000000000';
export const SYSTEM_USER_NAME = 'system';

/** How a person proves at sign-in, beside the password, who they are: a code by e-mail, or one of an authenticator app. */
export const TWO_FACTOR_METHODS = ['EMAIL', 'APP'] as const;
export type TwoFactorMethod = (typeof TWO_FACTOR_METHODS)[number];
