import type { QueryResultRow } from 'pg';
import type { Database } from '../database';
import { offsetOf } from './page';
import type { Page, PageRequest } from './page';
import type { Values } from './statement';
import { allOf } from './statement';

/** A list as SQL; `joins` add columns only, so that the rows can be counted without them. */
export interface ListStatement {
  columns: string;
  table: string;
  joins: string;
  conditions: readonly string[];
  order: string;
  values: Values;
  page: PageRequest;
}

/** One page of a list; its rows are counted only where the page does not tell how many there are. */
export async function readPage<Row extends QueryResultRow>(db: Database, list: ListStatement): Promise<Page<Row>> {
  const { columns, table, joins, conditions, order, values, page } = list;
  const offset = offsetOf(page);
  const { rows } = await db.pool.query<Row>(
    `SELECT ${columns} FROM ${table} ${joins} WHERE ${allOf(conditions)} ORDER BY ${order} LIMIT ${page.limit} OFFSET ${offset}`,
    values.list,
  );
  if (rows.length < page.limit && (rows.length > 0 || offset === 0)) return { rows, totalCount: offset + rows.length };
  const counted = await db.pool.query<{ total: number }>(
    `SELECT count(*) AS total FROM ${table} WHERE ${allOf(conditions)}`,
    values.list,
  );
  return { rows, totalCount: counted.rows[0]?.total ?? 0 };
}
