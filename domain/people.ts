/** The roles of data-models.md, from most to least powerful. */
export const USER_ROLES = ['PARTNER', 'MANAGER', 'STAFF'] as const;
export type UserRole = (typeof USER_ROLES)[number];

/** Author of what timers do: an inactive user that the migrations make, hidden from lists and counts. */
export const SYSTEM_USER_ID = 'csystem0000000000000000000';
export const SYSTEM_USER_NAME = 'system';
