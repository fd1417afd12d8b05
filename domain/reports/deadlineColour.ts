export const DEADLINE_COLOURS = ['green', 'amber', 'red'] as const;
export type DeadlineColour = (typeof DEADLINE_COLOURS)[number];

const RED_DAYS = 3;
const AMBER_DAYS = 14;

/** How pressing a deadline is that so many days are left to, negative once it has passed; one that is met is never pressing. */
export function deadlineColour(daysLeft: number, isMet: boolean): DeadlineColour {
  if (isMet || daysLeft > AMBER_DAYS) return 'green';
  return daysLeft > RED_DAYS ? 'amber' : 'red';
}
