/** Where a recorded move came from: a request through the API, a timer, the client's link, or a signal sent to Temporal by hand. */
export const HISTORY_SOURCES = ['API', 'TIMER', 'CLIENT', 'TEMPORAL'] as const;
export type HistorySource = (typeof HISTORY_SOURCES)[number];
