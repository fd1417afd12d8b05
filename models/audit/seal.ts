import { createHash } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import type { AuditHead } from '../../domain/audit';
import { HISTORY_TABLES } from '../filings/filingTables';
import { inTransaction } from '../transaction';

/** The append-only tables whose rows are chained; of rows of one instant the order of their tables' names is that of the chain. */
export const AUDITED_TABLES = ['activity_logs', ...HISTORY_TABLES];

/** Any number will do, as long as every sealer of this project uses the same. */
const SEALER_LOCK = 7_316_402_119;
const GENESIS = '0'.repeat(64);

interface AuditRow {
  table_name: string;
  row_id: string;
  content: string;
  recorded_at: string;
}

/**
 * Chains rows that were committed since the last time, at most so many; gives how many. Writers are not waited for and do not wait:
 * one sealer at a time reads what is there and writes the chain, a table of its own.
 */
export async function sealAuditRows(db: Pool, limit: number): Promise<number> {
  return await inTransaction(db, async (client) => {
    const { rows: lock } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS locked', [
      SEALER_LOCK,
    ]);
    if (!lock[0]?.locked) return 0;
    const unsealed = await readUnsealed(client, limit);
    const head = await client.query<{ position: string; hash: string }>(
      'SELECT position::text, hash FROM audit_chain ORDER BY audit_chain.position DESC LIMIT 1',
    );
    let position = Number(head.rows[0]?.position ?? 0);
    let previousHash = head.rows[0]?.hash ?? GENESIS;
    const links = unsealed.map(({ table_name, row_id, content, recorded_at }) => {
      const rowHash = sha256(content);
      const hash = linkHash(previousHash, table_name, row_id, rowHash);
      const link = {
        position: ++position,
        table_name,
        row_id,
        row_hash: rowHash,
        previous_hash: previousHash,
        hash,
        recorded_at,
      };
      previousHash = hash;
      return link;
    });
    await client.query(
      `INSERT INTO audit_chain (position, table_name, row_id, row_hash, previous_hash, hash, row_recorded_at)
       SELECT position, table_name, row_id, row_hash, previous_hash, hash, recorded_at
       FROM jsonb_to_recordset($1::jsonb)
         AS link(position bigint, table_name text, row_id text, row_hash text, previous_hash text, hash text,
           recorded_at timestamptz)`,
      [JSON.stringify(links)],
    );
    return links.length;
  });
}

/** The text of a row from which its hash is made; the same wherever and whenever it is read. */
function rowContent(alias: string): string {
  return `to_jsonb(${alias})::text`;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The hash of a link of the chain, which holds all before it. */
export function linkHash(previousHash: string, table: string, rowId: string, rowHash: string): string {
  return sha256([previousHash, table, rowId, rowHash].join('\n'));
}

/** Rows without a link. A row is recorded at its transaction's start, so one that commits late lies before the newest sealed one: an hour is looked back. */
async function readUnsealed(client: ClientBase, limit: number): Promise<AuditRow[]> {
  await client.query(`SET LOCAL timezone TO 'UTC'`);
  const selects = AUDITED_TABLES.map(
    (table) => `
      (SELECT '${table}' AS table_name, r.id AS row_id, ${rowContent('r')} AS content, r.recorded_at::text
       FROM ${table} r
       WHERE r.recorded_at > coalesce((SELECT max(row_recorded_at) FROM audit_chain), '-infinity') - interval '1 hour'
         AND NOT EXISTS (SELECT FROM audit_chain c WHERE c.table_name = '${table}' AND c.row_id = r.id)
       ORDER BY r.recorded_at, r.id LIMIT ${limit})`,
  );
  const { rows } = await client.query<AuditRow>(
    `SELECT table_name, row_id, content, recorded_at FROM (${selects.join(' UNION ALL ')}) u ORDER BY recorded_at::timestamptz, table_name, row_id LIMIT ${limit}`,
  );
  return rows;
}

/** The last link of the chain; null while there is none. */
export async function readAuditHead(db: Pool): Promise<AuditHead | null> {
  const { rows } = await db.query<AuditHead>(
    'SELECT c.position::int AS position, c.hash FROM audit_chain c ORDER BY c.position DESC LIMIT 1',
  );
  return rows[0] ?? null;
}

/** A link of the chain, with the row that it holds as it is now; null where the row is gone. */
export interface ChainLink {
  position: number;
  tableName: string;
  rowId: string;
  rowHash: string;
  previousHash: string;
  hash: string;
  content: string | null;
}

/** Links after a position, in order, at most so many. */
export async function readLinks(db: Pool, afterPosition: number, limit: number): Promise<ChainLink[]> {
  const contents = AUDITED_TABLES.map(
    (table) => `WHEN '${table}' THEN (SELECT ${rowContent('r')} FROM ${table} r WHERE r.id = c.row_id)`,
  );
  return await inTransaction(db, async (client) => {
    await client.query(`SET LOCAL timezone TO 'UTC'`);
    const { rows } = await client.query<ChainLink>(
      `SELECT c.position::int AS position, c.table_name AS "tableName", c.row_id AS "rowId", c.row_hash AS "rowHash",
         c.previous_hash AS "previousHash", c.hash, CASE c.table_name ${contents.join(' ')} END AS content
       FROM audit_chain c WHERE c.position > $1 ORDER BY c.position LIMIT $2`,
      [afterPosition, limit],
    );
    return rows;
  });
}
