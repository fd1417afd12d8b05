import type { IsoDate } from '../calendar/dates';
import { formatDate } from '../calendar/dates';

/** What a person should know who pauses chasing past the filing's due date; undefined where reminders go on before it. */
export function pauseWarning(until: IsoDate | undefined, dueDate: IsoDate): string | undefined {
  if (until === undefined)
    return `Chasing is paused until it is resumed: the deadline of ${formatDate(dueDate)} may pass without a reminder`;
  if (until <= dueDate) return undefined;
  return `Chasing is paused until ${formatDate(until)}, past the deadline of ${formatDate(dueDate)}: no reminder goes out before it`;
}
