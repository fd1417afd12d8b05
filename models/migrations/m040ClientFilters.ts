import type { ClientBase } from 'pg';
import type { Migration } from './migration';

const FOLDED = ['company_name', 'company_number', 'contact_email', 'client_code', 'contact_name', 'vat_number'];

async function hasTrigrams(client: ClientBase): Promise<boolean> {
  return (await client.query(`SELECT FROM pg_extension WHERE extname = 'pg_trgm'`)).rowCount !== 0;
}

/**
 * Saved filters, and the index of the search over texts folded by the rules of one locale: the server's own may leave capitals with
 * accents as they are.
 */
export const clientFilters: Migration = {
  name: '040-client-filters',
  up: async (client) => {
    if (await hasTrigrams(client)) {
      const columns = FOLDED.map((column) => `lower(${column} COLLATE "en-x-icu") gin_trgm_ops`);
      await client.query(`
        DROP INDEX IF EXISTS idx_clients_search;
        CREATE INDEX idx_clients_search ON clients USING GIN (${columns.join(', ')})`);
    }
    await client.query(`
      CREATE TABLE client_filters (
        id text PRIMARY KEY,
        user_id text NOT NULL REFERENCES users(id),
        name text NOT NULL CHECK (name <> ''),
        filter jsonb NOT NULL,
        is_shared boolean NOT NULL DEFAULT false,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX idx_client_filters_name ON client_filters(user_id, lower(name));
      CREATE TRIGGER client_filters_updated_at BEFORE UPDATE ON client_filters FOR EACH ROW
        WHEN (NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at) EXECUTE FUNCTION set_updated_at();
    `);
  },
  down: async (client) => {
    await client.query('DROP TABLE client_filters');
    if (!(await hasTrigrams(client))) return;
    await client.query(`
      DROP INDEX IF EXISTS idx_clients_search;
      CREATE INDEX idx_clients_search ON clients USING GIN (company_name gin_trgm_ops, company_number gin_trgm_ops,
        contact_email gin_trgm_ops, client_code gin_trgm_ops)`);
  },
};
