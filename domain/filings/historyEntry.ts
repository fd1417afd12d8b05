/** One thing that happened in a filing's workflow, in plain language. */
export interface HistoryEntry {
  runId: string;
  /** The event's number in the history of its run. */
  eventId: number;
  /** ISO instant. */
  at: string;
  who: string;
  what: string;
  /** Holds this entry and, through the one before, everything earlier. */
  hash: string;
}
