import type { ClientBase } from 'pg';
import { inTransaction } from '../migrations/inTransaction';
import { REPLACED_SCHEMA } from './passingSchemas';

const DISCARDED_SCHEMA = `${REPLACED_SCHEMA}_failed`;

/** Whether a database holds no table. */
export async function isEmptyDatabase(client: ClientBase): Promise<boolean> {
  const { rowCount } = await client.query(`SELECT FROM pg_tables WHERE schemaname = 'public' LIMIT 1`);
  return rowCount === 0;
}

/** Whether a restore was killed before it knew how it would end. */
export async function isSetAside(client: ClientBase): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM pg_namespace WHERE nspname = $1', [REPLACED_SCHEMA]);
  return rowCount !== 0;
}

/** Moves everything that is there into a schema of its own; what extensions brought stays, for only a superuser may move it. */
export async function setAside(client: ClientBase): Promise<void> {
  await inTransaction(client, async () => {
    await client.query(`CREATE SCHEMA ${REPLACED_SCHEMA}`);
    await moveObjects(client, 'public', REPLACED_SCHEMA);
  });
}

/** Puts back what was set aside; what has come into its place is dropped. */
export async function putBack(client: ClientBase): Promise<void> {
  await inTransaction(client, async () => {
    await client.query(`CREATE SCHEMA ${DISCARDED_SCHEMA}`);
    await moveObjects(client, 'public', DISCARDED_SCHEMA);
    await client.query(`DROP SCHEMA ${DISCARDED_SCHEMA} CASCADE`);
    await moveObjects(client, REPLACED_SCHEMA, 'public');
    await client.query(`DROP SCHEMA ${REPLACED_SCHEMA}`);
  });
}

/** What was set aside is needed no more. */
export async function dropSetAside(client: ClientBase): Promise<void> {
  await client.query(`DROP SCHEMA IF EXISTS ${REPLACED_SCHEMA} CASCADE`);
}

/** Moves the objects of a schema, without those that go with another one: indexes, a column's sequence, a table's row type. */
async function moveObjects(client: ClientBase, from: string, to: string): Promise<void> {
  const { rows } = await client.query<{ object: string }>(
    `
    WITH brought AS (SELECT objid FROM pg_depend WHERE deptype = 'e'),
    owned AS (SELECT objid FROM pg_depend WHERE classid = 'pg_class'::regclass AND refobjsubid > 0 AND deptype IN ('a', 'i'))
    SELECT CASE relkind WHEN 'v' THEN 'VIEW ' WHEN 'm' THEN 'MATERIALIZED VIEW ' WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END
        || oid::regclass AS object
      FROM pg_class WHERE relnamespace = to_regnamespace($1) AND relkind IN ('r', 'p', 'v', 'm', 'S')
        AND oid NOT IN (SELECT objid FROM brought) AND NOT (relkind = 'S' AND oid IN (SELECT objid FROM owned))
    UNION ALL
    SELECT CASE typtype WHEN 'd' THEN 'DOMAIN ' ELSE 'TYPE ' END || oid::regtype FROM pg_type
      WHERE typnamespace = to_regnamespace($1) AND typtype IN ('e', 'd') AND oid NOT IN (SELECT objid FROM brought)
    UNION ALL
    SELECT 'ROUTINE ' || oid::regprocedure FROM pg_proc
      WHERE pronamespace = to_regnamespace($1) AND oid NOT IN (SELECT objid FROM brought)`,
    [from],
  );
  for (const { object } of rows) await client.query(`ALTER ${object} SET SCHEMA ${to}`);
}
