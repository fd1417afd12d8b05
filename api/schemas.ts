import { z } from '@hono/zod-openapi';
import { isIsoDate } from '../domain/calendar/dates';
import type { Page } from '../models/queries/page';
import { MAX_PAGE_LIMIT } from '../models/queries/page';
import type { Pagination } from './endpoint';

/** Parts that the schemas of many routes are made from. */
export const IdParams = z.strictObject({ id: z.string().min(1).max(50) });

export const DateSchema = z
  .string()
  .refine(isIsoDate, 'Must be a date that exists, like 2024-05-07')
  .openapi({ type: 'string', format: 'date' });

/** An instant: a Date where it is answered from, ISO 8601 in UTC on its way, a Date again where it is read. */
export const InstantSchema = z.coerce.date().openapi({ type: 'string', format: 'date-time' });

/** A yes or no in a query. */
export const FlagSchema = z.enum(['true', 'false']).transform((value) => value === 'true');

const DEFAULT_LIMIT = 50;
const LAST_PAGE = 1_000_000;

/** Which part of a list: the fields of a query that every list takes. */
export const pageFields = {
  page: z.coerce.number().int().min(1).max(LAST_PAGE).default(1),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_LIMIT).default(DEFAULT_LIMIT),
};

/** PaginationInfo of one page. */
export function paginationOf({ totalCount }: Page<unknown>, { page, limit }: { page: number; limit: number }): Pagination {
  const totalPages = Math.ceil(totalCount / limit);
  return { page, limit, totalCount, totalPages, hasNext: page < totalPages, hasPrev: page > 1 };
}
