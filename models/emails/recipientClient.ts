import type { Pool } from 'pg';

/** The client that an e-mail goes to, by its names. */
export interface RecipientClient {
  companyName: string;
  contactName: string;
}

/** Reads the client of an e-mail. Throws where there is none. */
export async function readRecipientClient(db: Pool, clientId: string | null): Promise<RecipientClient> {
  const { rows } = await db.query<RecipientClient>(
    'SELECT company_name AS "companyName", contact_name AS "contactName" FROM clients WHERE id = $1',
    [clientId],
  );
  const [client] = rows;
  if (!client) throw new Error(`There is no client ${clientId}`);
  return client;
}
