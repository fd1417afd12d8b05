import type { z } from '@hono/zod-openapi';
import { londonDateOf } from '../../domain/calendar/london';
import type { FilingKind } from '../../domain/filings/stages';
import type { Database } from '../../models';
import type { CommittedFiling } from '../../models/queries/filingResult';
import { filingOfResult } from '../../models/queries/filingResult';
import { FilingSchema } from './schemas';

type FilingAnswer = z.infer<typeof FilingSchema>;

/** What the workflow's recording keeps in the row for itself. */
const INTERNAL = new Set(['runId', 'decidedAt', 'decisionKey', 'revision', 'workflowState']);

/** A filing's row as the API answers it. */
export function presentFiling(row: object): FilingAnswer {
  return FilingSchema.parse(Object.fromEntries(Object.entries(row).filter(([name]) => !INTERNAL.has(name))));
}

/** The row as a request committed it. */
export function presentCommitted(db: Database, kind: FilingKind, committed: CommittedFiling, now: number): FilingAnswer {
  return presentFiling(filingOfResult(db, kind, committed, londonDateOf(now)));
}
