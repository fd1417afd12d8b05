/** On which the outcome of a request is told as it is committed: as a RequestOutcome in JSON, or by the request's id alone. */
export const OUTCOMES_CHANNEL = 'filing_requests';
