import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';

const SEPARATORS = [',', ';', '\t'] as const;
/** What spreadsheets write into the first line to say how the others are separated. */
const SEPARATOR_LINE = /^sep=(.)\r?\n/i;
const LONGEST_RECORD = 200_000;
const LONGEST_HEADER = 64 * 1024;

/** What is wrong with a file as a whole; the message is for people. */
export class UnreadableCsvError extends Error {}

/** The file is larger than it may be. */
export class CsvTooLargeError extends Error {}

/**
 * Reads a CSV file as it comes in: UTF-8 with or without a byte order mark, separated by commas, semicolons or tabs as its first line
 * is. Gives each record as its cells, the header first. Throws UnreadableCsvError, CsvTooLargeError.
 */
export async function* readCsv(bytes: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<string[]> {
  const text = decoded(bytes, mostBytes);
  let head = '';
  for (let next = await text.next(); !next.done; next = await text.next()) {
    head += next.value;
    if (head.replace(SEPARATOR_LINE, '').includes('\n') || head.length > LONGEST_HEADER) break;
  }
  const named = SEPARATOR_LINE.exec(head);
  const body = named ? head.slice(named[0].length) : head;
  const [header = ''] = body.split('\n', 1);
  const separator = named?.[1] ?? SEPARATORS.find((sign) => header.includes(sign)) ?? ',';
  const parser = parse({
    delimiter: separator,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
  });
  const feeding = pipeline(Readable.from(continued(body, text)), parser);
  // The failure is thrown by the loop below, which reads from what the pipeline has ended.
  feeding.catch(() => {});
  try {
    for await (const record of parser) yield cellsOf(record);
    await feeding;
  } catch (error) {
    if (error instanceof CsvError) throw new UnreadableCsvError(`The file is no well-formed CSV: ${error.message}`);
    throw error;
  }
}

function cellsOf(record: unknown): string[] {
  return Array.isArray(record) ? record.map(String) : [];
}

async function* continued(head: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield head;
  yield* rest;
}

async function* decoded(bytes: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new UnreadableCsvError('The file is not UTF-8: save it as “CSV UTF-8”');
    }
  };
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.byteLength;
    if (size > mostBytes) throw new CsvTooLargeError(`The file may have ${mostBytes / 1024 / 1024} MB at most`);
    yield decode(chunk);
  }
  yield decode();
}
