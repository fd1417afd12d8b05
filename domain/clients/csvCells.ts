/** What a spreadsheet would take for the beginning of a formula, or of a cell that hides one; apostrophes before it do not help. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;
const ESCAPED_FORMULA = /^'+[=+\-@\t\r\n＝＋－＠]/;
const BRITISH_DATE = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
const GROUPED_NUMBER = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/;

/** A text as a cell that no spreadsheet runs. */
export function neutralised(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The text that was neutralised; any other as it is. */
export function restored(cell: string): string {
  return ESCAPED_FORMULA.test(cell) ? cell.slice(1) : cell;
}

/** A cell as a date: spreadsheets in Britain turn `2024-05-07` into 07/05/2024. What is no date stays as it is. */
export function dateOfCell(cell: string): string {
  const [, day = '', month = '', year = ''] = BRITISH_DATE.exec(cell.trim()) ?? [];
  return year === '' ? cell.trim() : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** A cell as a number, thousands with or without commas; undefined for what is none. */
export function numberOfCell(cell: string): number | undefined {
  const text = cell.trim();
  if (GROUPED_NUMBER.test(text)) return Number(text.replaceAll(',', ''));
  return PLAIN_NUMBER.test(text) ? Number(text) : undefined;
}

const YES: ReadonlySet<string> = new Set(['true', 'yes', 'y', '1']);
const NO: ReadonlySet<string> = new Set(['false', 'no', 'n', '0', '']);

/** A cell as a yes or no, an empty one as no; undefined for what is neither. */
export function flagOfCell(cell: string): boolean | undefined {
  const word = cell.trim().toLowerCase();
  if (YES.has(word)) return true;
  return NO.has(word) ? false : undefined;
}
