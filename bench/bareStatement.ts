import type { Database } from '../models';
import { CLIENT_ROW_JOINS, clientRowColumns } from '../models/queries/clientRow';

export const PAGE_LIMIT = 50;

/** The statement of a page of clients by name with the people of the four assignments: ids first, joins only for those. */
export function bareStatement(db: Database): string {
  return `
    SELECT ${clientRowColumns(db)}
    FROM (SELECT c.id, c.company_name AS key FROM clients c ORDER BY c.company_name, c.id LIMIT ${PAGE_LIMIT} OFFSET $1) page
    JOIN clients c ON c.id = page.id ${CLIENT_ROW_JOINS}
    ORDER BY page.key, page.id`;
}
