import { DatabaseError } from 'pg';
import type { ClientBase } from 'pg';
import type { Migration } from './migration';

const INSUFFICIENT_PRIVILEGE = '42501';

/**
 * Makes the trigram extension available where the server ships it and the owner may create it.
 * Search works without it, only slower, so a server that lacks it is no reason to fail.
 */
async function createTrigramExtension(client: ClientBase): Promise<boolean> {
  const available = await client.query(`SELECT FROM pg_available_extensions WHERE name = 'pg_trgm'`);
  if (available.rowCount === 0) return false;
  await client.query('SAVEPOINT trigrams');
  try {
    await client.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
    return true;
  } catch (error) {
    if (!(error instanceof DatabaseError && error.code === INSUFFICIENT_PRIVILEGE)) throw error;
    await client.query('ROLLBACK TO SAVEPOINT trigrams');
    return false;
  }
}

/** Indexes for lists of clients: search in any part of a text, and pages in the orders that people ask for. */
export const search: Migration = {
  name: '008-search',
  up: async (client) => {
    if (await createTrigramExtension(client)) {
      await client.query(`
        CREATE INDEX idx_clients_search ON clients USING GIN (company_name gin_trgm_ops, company_number gin_trgm_ops,
          contact_email gin_trgm_ops, client_code gin_trgm_ops)`);
    }
    await client.query(`
      CREATE INDEX idx_clients_name_page ON clients(company_name, id) INCLUDE (is_active, company_type);
      CREATE INDEX idx_clients_code_page ON clients((substr(client_code, 4)::bigint), id) INCLUDE (client_code, is_active, company_type);
      CREATE INDEX idx_clients_created_page ON clients(created_at, id) INCLUDE (is_active, company_type);
    `);
  },
  down: async (client) => {
    // The extension stays: it may have been there before, and nothing depends on it any more.
    await client.query(`
      DROP INDEX idx_clients_created_page, idx_clients_code_page, idx_clients_name_page;
      DROP INDEX IF EXISTS idx_clients_search;
    `);
  },
};
