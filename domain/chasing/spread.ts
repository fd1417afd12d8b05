/**
 * Over how many ms the clients are spread whose filings fall due at one instant, as all do that a policy's send time names. What a worker cannot
 * begin within its sticky time-out is queued again and read anew from its first event, so a thousand at once take longer than one after the
 * other. Less than the minute that a policy's times tell apart.
 */
export const SPREAD_MS = 15_000;

/**
 * How many ms after what is due the filings of a client wake for it: any of the spread, and always the same. All of a client's wake together,
 * for one e-mail tells of all that is due.
 */
export function spreadOf(clientId: string): number {
  let place = 0;
  for (let at = 0; at < clientId.length; at += 1) place = (place * 31 + clientId.charCodeAt(at)) % SPREAD_MS;
  return place;
}
