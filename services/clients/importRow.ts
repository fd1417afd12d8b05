import { isDeepStrictEqual } from 'node:util';
import { foldCase } from '../../domain/clients/advancedFilter';
import type { CsvColumn } from '../../domain/clients/csvColumns';
import { dateOfCell, flagOfCell, numberOfCell, restored } from '../../domain/clients/csvCells';
import type { FilterField } from '../../domain/clients/filterFields';
import { filterFieldOf } from '../../domain/clients/filterFields';
import type { CellProblem } from '../../domain/clients/importResult';

/** A person as an import knows them. */
export interface KnownUser {
  id: string;
  email: string;
  isActive: boolean;
}

/** A row of a file as the fields that it gives a client. */
export interface ReadRow {
  fields: Map<string, unknown>;
  /** The cell of each field. */
  cells: Map<string, { column: CsvColumn; cell: string }>;
  problems: CellProblem[];
}

const LONGEST_SHOWN = 100;
const STORABLE = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** Reads the cells of a row by the columns of its file; an empty cell takes the value away. */
export function readRow(columns: readonly CsvColumn[], cells: readonly string[], users: readonly KnownUser[]): ReadRow {
  const row: ReadRow = { fields: new Map(), cells: new Map(), problems: [] };
  if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell !== '')) {
    row.problems.push({ column: null, value: '', message: `There are ${cells.length} cells, but ${columns.length} columns` });
  }
  columns.forEach((column, index) => {
    const cell = restored(cells[index] ?? '');
    row.cells.set(column.field, { column, cell });
    const read = STORABLE(cell) ? readCell(column, cell, users) : { problem: 'Holds characters that cannot be stored' };
    if ('problem' in read) row.problems.push(problemOf(column, cell, read.problem));
    else row.fields.set(column.field, read.value);
  });
  return row;
}

/** A problem of a cell, with so much of the cell as helps to find it. */
export function problemOf(column: CsvColumn | undefined, cell: string, message: string): CellProblem {
  return { column: column?.name ?? null, value: cell.slice(0, LONGEST_SHOWN), message };
}

type Read = { value: unknown } | { problem: string };

function readCell({ field, type }: CsvColumn, cell: string, users: readonly KnownUser[]): Read {
  if (type === 'boolean') return orProblem(flagOfCell(cell), 'Must be true or false');
  if (type === 'users') return readUsers(cell, users);
  if (cell.trim() === '' && (type !== 'text' || cell === '')) return { value: null };
  switch (type) {
    case 'number':
      return orProblem(numberOfCell(cell), 'Must be a number');
    case 'date':
      return { value: dateOfCell(cell) };
    case 'json':
      return readJson(cell);
    case 'user':
      return readUser(cell, users);
    default:
      return { value: written(field, cell) };
  }
}

/** What people write in several ways, in the one that is stored. */
function written(field: FilterField, cell: string): string {
  if (field === 'vatNumber') return cell.replaceAll(/\s/g, '').toUpperCase();
  if (field === 'contactEmail' || field === 'website') return cell.trim();
  const { choices } = filterFieldOf(field);
  return choices?.find((choice) => foldCase(choice) === foldCase(cell.trim())) ?? cell;
}

function orProblem(value: unknown, problem: string): Read {
  return value === undefined ? { problem } : { value };
}

function readJson(cell: string): Read {
  try {
    return { value: JSON.parse(cell) };
  } catch {
    return { problem: 'Must be JSON' };
  }
}

function readUser(cell: string, users: readonly KnownUser[]): Read {
  const email = cell.trim().toLowerCase();
  return orProblem(users.find((user) => user.email === email)?.id, 'There is no user with this e-mail address');
}

function readUsers(cell: string, users: readonly KnownUser[]): Read {
  const emails = cell.split(/[;,\s]+/).filter((email) => email !== '');
  const ids: string[] = [];
  for (const email of emails) {
    const read = readUser(email, users);
    if ('problem' in read) return { problem: `${email}: ${read.problem}` };
    ids.push(String(read.value));
  }
  return { value: [...new Set(ids)] };
}

/** Whether a field has a value already; nothing and an empty text are the same. */
export function isSame(before: unknown, after: unknown): boolean {
  const [old = null, given = null] = [before, after].map((value) => (value === '' ? null : value));
  // Money is exact text in the database.
  if (typeof given === 'number' && typeof old === 'string') return Number(old) === given;
  return isDeepStrictEqual(old, given);
}
