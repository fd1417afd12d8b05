import type { Database } from '../database';
import type { Page, PageRequest } from './page';
import { readPage } from './readPage';
import { Values, columnsOf } from './statement';

type Row = Record<string, unknown>;

/** The addresses that nothing is sent to, newest first, each with what was told of the e-mail that came back and whose it was. */
export async function listSuppressedAddresses(db: Database, page: PageRequest): Promise<Page<Row>> {
  const client = `CASE WHEN c.id IS NOT NULL THEN json_build_object('id', c.id, 'clientCode', c.client_code,
    'companyName', c.company_name, 'hasThisAddress', lower(c.contact_email) = s.address) END AS client`;
  return await readPage<Row>(db, {
    columns: `${columnsOf(db.SuppressedAddress, 's', ['emailId'])}, e.subject, e.failure_reason AS "failureReason",
      e.recipient_name AS "recipientName", ${client}`,
    table: 'suppressed_addresses s',
    joins: 'LEFT JOIN email_logs e ON e.id = s.email_id LEFT JOIN clients c ON c.id = e.client_id',
    conditions: [],
    order: 's.created_at DESC, s.id DESC',
    values: new Values(),
    page,
  });
}
