import { stringify } from 'csv-stringify/sync';
import { neutralised } from '../../domain/clients/csvCells';
import type { CsvColumn } from '../../domain/clients/csvColumns';
import { CSV_COLUMNS } from '../../domain/clients/csvColumns';
import type { Database } from '../../models';
import type { ExportedClient } from '../../models/queries/clientExport';
import { exportedClients } from '../../models/queries/clientExport';
import type { ClientFilter } from '../../models/queries/clientList';
import type { Viewer } from '../../models/queries/visibility';
import { logActivity } from '../audit/logActivity';

export const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t' } as const;

export interface ExportOptions {
  separator: keyof typeof SEPARATORS;
  /** Whether the file begins with the mark by which spreadsheets know UTF-8. */
  hasByteOrderMark: boolean;
}

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Clients as a CSV file, a page of it at a time, which an import reads back to the same values. What a spreadsheet would run as a
 * formula is made harmless. That it was exported is logged before anything is given out.
 */
export async function exportClients(
  db: Database,
  viewer: Viewer,
  filter: ClientFilter,
  { separator, hasByteOrderMark }: ExportOptions,
): Promise<AsyncGenerator<string>> {
  await logActivity(db.pool, { action: 'CLIENTS_EXPORTED', userId: viewer.userId, details: { filter } });
  const { rows } = await db.pool.query<{ id: string; email: string }>('SELECT id, email FROM users');
  const emails = new Map(rows.map(({ id, email }) => [id, email]));
  const options = {
    delimiter: SEPARATORS[separator],
    record_delimiter: 'windows',
    // Whatever separator somebody opens the file by, no cell falls into two.
    quoted_match: /[,;\t\r\n]/,
  };
  async function* pages(): AsyncGenerator<string> {
    yield (hasByteOrderMark ? BYTE_ORDER_MARK : '') + stringify([CSV_COLUMNS.map(({ name }) => name)], options);
    for await (const page of exportedClients(db, viewer, filter)) {
      yield stringify(
        page.map((client) => CSV_COLUMNS.map((column) => cellOf(column, client, emails))),
        options,
      );
    }
  }
  return pages();
}

function cellOf({ field, type }: CsvColumn, client: ExportedClient, emails: ReadonlyMap<string, string>): string {
  const value = client[field];
  if (value === null || value === undefined) return '';
  const emailOf = (id: unknown): string => (typeof id === 'string' ? (emails.get(id) ?? '') : '');
  if (type === 'user') return emailOf(value);
  if (type === 'users') return Array.isArray(value) ? value.map(emailOf).join('; ') : '';
  return neutralised(typeof value === 'string' && type !== 'json' ? value : JSON.stringify(value));
}
