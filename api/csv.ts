import { stringify } from 'csv-stringify/sync';

type Cell = string | number | boolean | Date | null | undefined;

/** The columns of a CSV file in order: what each is headed, and what it shows of a row. */
export type CsvColumns<Row> = Readonly<Record<string, (row: Row) => Cell>>;

/** A file that an endpoint answers with instead of the envelope. */
export interface FileAnswer {
  name: string;
  type: string;
  /** As a stream where it may be long. */
  body: string | ReadableStream<Uint8Array>;
}

const CSV_TYPE = 'text/csv; charset=utf-8';

/** Rows as a CSV file (RFC 4180); a text that a spreadsheet would take for a formula is made harmless. */
export function csvFile<Row>(name: string, columns: CsvColumns<Row>, rows: readonly Row[]): FileAnswer {
  const cells = Object.values(columns);
  const body = stringify(
    rows.map((row) => cells.map((cell) => cell(row))),
    {
      header: true,
      columns: Object.keys(columns),
      escape_formulas: true,
      record_delimiter: 'windows',
      // A line break alone is none of the file's, yet spreadsheets take it for one.
      quoted_match: /[\r\n]/,
      cast: { date: (date) => date.toISOString(), boolean: String },
    },
  );
  return { name: `${name}.csv`, type: CSV_TYPE, body };
}
