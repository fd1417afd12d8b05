/** How pressing a filing is, as lists show it by colour and word. */

export type Urgency = 'OVERDUE' | 'SOON' | 'LATER' | 'FILED' | 'CANCELLED';

/** So many days before its deadline a filing is due soon. */
const SOON_DAYS = 14;

/** How pressing a filing is: one that is filed never is. `daysLeft` is negative once the due date has passed, null when it has ended. */
export function urgencyOf(filing: { isCompleted: boolean; isCancelled: boolean; daysLeft: number | null }): Urgency {
  if (filing.isCompleted) return 'FILED';
  if (filing.isCancelled || filing.daysLeft === null) return 'CANCELLED';
  if (filing.daysLeft < 0) return 'OVERDUE';
  return filing.daysLeft <= SOON_DAYS ? 'SOON' : 'LATER';
}
