/** What is wrong with a cell of an imported file. */
export interface CellProblem {
  /** Null where it is about the row as a whole. */
  column: string | null;
  value: string;
  message: string;
}

/** A cell, or row, that was refused. Rows are counted as spreadsheets count them: the header is row 1. */
export interface RowProblem extends CellProblem {
  row: number;
}

/** What an import did, or would do, row by row. */
export interface ImportResult {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  /** The first of what was not right; how many more there are is `moreProblems`. */
  problems: RowProblem[];
  moreProblems: number;
}
