import { sqlMigration } from './migration';

/**
 * A number that changes whenever the clients in a list, or their order by name, may have changed, so that totals and places in a
 * list can be remembered and never be wrong. It is the sum over several rows: each writer takes one that nobody else holds, so
 * that two clients can be created at once.
 */
export const clientListVersion = sqlMigration(
  '009-client-list-version',
  `
  CREATE TABLE client_list_versions (
    slot integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version bigint NOT NULL DEFAULT 0
  ) WITH (fillfactor = 10);
  INSERT INTO client_list_versions (version) SELECT 0 FROM generate_series(1, 16);

  CREATE FUNCTION client_list_changed() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE client_list_versions SET version = version + 1
      WHERE slot = (SELECT slot FROM client_list_versions ORDER BY slot LIMIT 1 FOR UPDATE SKIP LOCKED);
    IF NOT FOUND THEN
      INSERT INTO client_list_versions (version) VALUES (1);
    END IF;
    RETURN NULL;
  END $$;

  CREATE TRIGGER clients_list_changed_by_row AFTER INSERT OR DELETE ON clients
    FOR EACH STATEMENT EXECUTE FUNCTION client_list_changed();
  CREATE TRIGGER clients_list_changed_by_column AFTER UPDATE OF client_code, company_name, company_number, company_type, contact_email,
      is_active, assigned_user_id, ltd_company_assigned_user_id, non_ltd_company_assigned_user_id, vat_assigned_user_id,
      chase_team_user_ids ON clients
    FOR EACH STATEMENT EXECUTE FUNCTION client_list_changed();
  CREATE TRIGGER clients_list_emptied AFTER TRUNCATE ON clients
    FOR EACH STATEMENT EXECUTE FUNCTION client_list_changed();
  `,
  `
  DROP TRIGGER clients_list_changed_by_row ON clients;
  DROP TRIGGER clients_list_changed_by_column ON clients;
  DROP TRIGGER clients_list_emptied ON clients;
  DROP FUNCTION client_list_changed;
  DROP TABLE client_list_versions;
  `,
);
