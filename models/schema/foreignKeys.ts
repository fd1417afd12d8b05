import type { ClientBase } from 'pg';

/** A foreign key, and what is wrong with it. */
export interface ForeignKeyCheck {
  name: string;
  table: string;
  isValidated: boolean;
  /** Rows that point at nothing. */
  dangling: number;
}

interface ForeignKey {
  name: string;
  table: string;
  target: string;
  is_validated: boolean;
  columns: string[];
  target_columns: string[];
}

const FOREIGN_KEYS = `
  SELECT con.conname AS name, con.conrelid::regclass::text AS table, con.confrelid::regclass::text AS target, con.convalidated AS is_validated,
    (SELECT array_agg(quote_ident(attname) ORDER BY o) FROM unnest(con.conkey) WITH ORDINALITY k(num, o)
      JOIN pg_attribute ON attrelid = con.conrelid AND attnum = num) AS columns,
    (SELECT array_agg(quote_ident(attname) ORDER BY o) FROM unnest(con.confkey) WITH ORDINALITY k(num, o)
      JOIN pg_attribute ON attrelid = con.confrelid AND attnum = num) AS target_columns
  FROM pg_constraint con WHERE con.contype = 'f' AND con.connamespace = 'public'::regnamespace ORDER BY 2, 1`;

/** Looks at every foreign key, and at every row that one holds: what a restore or a switched-off trigger let in is found. */
export async function checkForeignKeys(client: ClientBase): Promise<ForeignKeyCheck[]> {
  const { rows } = await client.query<ForeignKey>(FOREIGN_KEYS);
  const checks: ForeignKeyCheck[] = [];
  for (const { name, table, target, is_validated: isValidated, columns, target_columns: targets } of rows) {
    const isSet = columns.map((column) => `r.${column} IS NOT NULL`).join(' AND ');
    const fits = columns.map((column, index) => `t.${targets[index]} = r.${column}`).join(' AND ');
    const counted = await client.query<{ dangling: number }>(
      `SELECT count(*)::int AS dangling FROM ${table} r WHERE ${isSet} AND NOT EXISTS (SELECT FROM ${target} t WHERE ${fits})`,
    );
    checks.push({ name, table, isValidated, dangling: counted.rows[0]?.dangling ?? 0 });
  }
  return checks;
}

/** How many rows each table has, by name. */
export async function countRows(client: ClientBase): Promise<{ table: string; rows: number }[]> {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  const counts = [];
  for (const { name } of tables) {
    const counted = await client.query<{ rows: number }>(`SELECT count(*)::float8 AS rows FROM ${name}`);
    counts.push({ table: name, rows: counted.rows[0]?.rows ?? 0 });
  }
  return counts;
}
