import type { Pool } from 'pg';

/** What somebody wrote to a client, as its e-mail says it. */
export interface WrittenCommunication {
  companyName: string;
  contactName: string;
  subject: string;
  message: string;
  senderName: string;
}

/** Reads what an e-mail was made of. Throws where there is nothing. */
export async function readCommunicationOfEmail(db: Pool, emailId: string): Promise<WrittenCommunication> {
  const { rows } = await db.query<WrittenCommunication>(
    `SELECT c.company_name AS "companyName", c.contact_name AS "contactName", m.subject, m.content AS message,
       coalesce(u.name, '') AS "senderName"
     FROM communications m JOIN clients c ON c.id = m.client_id LEFT JOIN users u ON u.id = m.sent_by_user_id
     WHERE m.email_id = $1`,
    [emailId],
  );
  const [written] = rows;
  if (!written) throw new Error(`No communication was made into e-mail ${emailId}`);
  return written;
}
