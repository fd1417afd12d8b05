import type { ClientBase } from 'pg';

const OF_THE_MIGRATOR = `('schema_migrations', 'migration_batches', 'schema_migrations_pkey', 'migration_batches_pkey')`;

/**
 * Everything in a schema that migrations make, as lines of text in a fixed order that do not name the schema; what extensions brought
 * and what the migrator keeps for itself is left out.
 */
export async function schemaSnapshot(client: ClientBase, schema = 'public'): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(
    `
    WITH own AS (
      SELECT c.oid, c.relname, c.relkind FROM pg_class c
      WHERE c.relnamespace = to_regnamespace($1) AND c.relname NOT IN ${OF_THE_MIGRATOR}
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    )
    SELECT 'relation ' || relkind::text || ' ' || relname AS line FROM own
    UNION ALL
    SELECT 'column ' || relname || '.' || attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' not null' ELSE '' END
      || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
      FROM own JOIN pg_attribute a ON a.attrelid = own.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE relkind = 'r'
    UNION ALL
    SELECT 'index ' || pg_get_indexdef(oid) FROM own WHERE relkind = 'i'
    UNION ALL
    SELECT 'constraint ' || relname || ' ' || conname || ' ' || pg_get_constraintdef(con.oid)
      FROM own JOIN pg_constraint con ON con.conrelid = own.oid
    UNION ALL
    SELECT 'trigger ' || pg_get_triggerdef(t.oid) || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' enabled ' || t.tgenabled::text END
      FROM own JOIN pg_trigger t ON t.tgrelid = own.oid WHERE NOT t.tgisinternal
    UNION ALL
    SELECT 'enum ' || t.typname || ' ' || string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder)
      FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid WHERE t.typnamespace = to_regnamespace($1) GROUP BY t.typname
    UNION ALL
    SELECT 'function ' || p.proname || ' ' || md5(p.prosrc) FROM pg_proc p
      WHERE p.pronamespace = to_regnamespace($1) AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')`,
    [schema],
  );
  const names = new RegExp(`\\b(${schema}|public)\\.`, 'g');
  return rows.map(({ line }) => line.replace(names, '')).toSorted();
}
