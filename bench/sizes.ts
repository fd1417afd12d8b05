/** How much is measured. */
export interface Sizes {
  /** Filings whose memory is weighed. */
  filings: number;
  /** Filings, and bare workflows, that are moved in turn; never the same one twice at once. */
  movedFilings: number;
  /** Moves, and bare updates, before the first that is measured. */
  warmUpMoves: number;
  /** Ours and bare take turns this many times. */
  moveRounds: number;
  /** Moves of a round, one at a time. */
  singleMoves: number;
  /** Moves of a round, 32 at a time. */
  crowdedMoves: number;
  /** Audited writes and others take turns this many times. */
  auditRounds: number;
  /** Writes of a round. */
  auditedWrites: number;
  reminders: number;
  listedClients: number;
  /** Rows of the CSV file of new clients. */
  importedRows: number;
  listRounds: number;
  /** How long one page is asked for in a round. */
  listSeconds: number;
}

export const FULL: Sizes = {
  filings: 2_000,
  movedFilings: 256,
  warmUpMoves: 5_000,
  moveRounds: 10,
  singleMoves: 60,
  crowdedMoves: 320,
  auditRounds: 8,
  auditedWrites: 1_000,
  reminders: 1_000,
  listedClients: 100_000,
  importedRows: 10_000,
  listRounds: 5,
  listSeconds: 5,
};

/** Under three minutes; good for finding what is lost or doubled, and for the order of magnitude. */
export const SHORT: Sizes = {
  filings: 300,
  movedFilings: 40,
  warmUpMoves: 100,
  moveRounds: 2,
  singleMoves: 20,
  crowdedMoves: 80,
  auditRounds: 4,
  auditedWrites: 300,
  reminders: 100,
  listedClients: 5_000,
  importedRows: 1_000,
  listRounds: 1,
  listSeconds: 3,
};
