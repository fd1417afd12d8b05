import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { BulkProgress, BulkWork } from '../domain/bulk/operations';
import { BULK_DONE, BULK_KINDS, BULK_STATUSES, MOST_RECORDS } from '../domain/bulk/operations';
import { bulkFailures } from '../models/bulk/bulkOperations';
import { previewBulk } from '../services/bulk/previewBulk';
import { runBulkOperation } from '../services/bulk/runBulkOperation';
import type { SignedInUser } from '../services/sessions/readSession';
import type { ApiEnv } from './context';
import type { ApiDependencies } from './dependencies';
import type { Answer } from './endpoint';
import { underKey, waitSeconds } from './requestHeaders';
import { InstantSchema } from './schemas';

export const bulkIds = z
  .array(z.string().min(1).max(50))
  .min(1, 'Name at least one')
  .max(MOST_RECORDS, `At most ${MOST_RECORDS.toLocaleString('en-GB')} at a time`);

export const dryRun = z.boolean().default(false);

/** The results of a BulkOperationResponse; `records` says for a dry run what would happen to each. */
export const BulkResultsSchema = z
  .object({
    successful: z.int(),
    failed: z.int(),
    errors: z.array(z.string()),
    records: z
      .array(
        z.object({
          id: z.string(),
          label: z.string().nullable(),
          refusal: z.string().nullable(),
          change: z.string().nullable(),
          isBack: z.boolean().optional().openapi({ description: 'Of a filing that would move back' }),
        }),
      )
      .optional(),
  })
  .openapi('BulkResults');

export const BulkOperationSchema = z
  .object({
    id: z.string(),
    kind: z.enum(BULK_KINDS),
    status: z.enum(BULK_STATUSES),
    total: z.int(),
    successful: z.int(),
    failed: z.int(),
    /** Which records were refused, and why. */
    errors: z.array(z.string()),
    requestedBy: z.object({ id: z.string(), name: z.string() }),
    createdAt: InstantSchema,
    finishedAt: InstantSchema.nullable(),
  })
  .openapi('BulkOperation');

export const BULK_STATUSES_DOCUMENTED = {
  202: 'Under way: done to its end by a workflow, and followed at the address in Location',
} as const;

/** Does something to many records, or with `isDryRun` says for each what would happen, and answers with a BulkOperationResponse. */
export async function answerBulk(
  deps: ApiDependencies,
  c: Context<ApiEnv>,
  user: SignedInUser,
  work: BulkWork,
  ids: readonly string[],
  isDryRun: boolean,
): Promise<Answer<never>> {
  const by = { id: user.id, name: user.name, role: user.role };
  if (isDryRun) return previewed(work, await previewBulk(deps, by, work, ids));
  const waitMs = waitSeconds(c) * 1000;
  const progress = await underKey(c, (idempotencyKey) => runBulkOperation(deps, by, work, ids, { waitMs, idempotencyKey }));
  return answerOf(work, progress, await bulkErrors(deps, progress.operationId));
}

/** What an operation could not do, a line for each record. */
export async function bulkErrors({ db }: ApiDependencies, operationId: string): Promise<string[]> {
  return (await bulkFailures(db.pool, operationId)).map(({ record, reason }) => `${record}: ${reason}`);
}

function answerOf(
  work: BulkWork,
  { operationId, total, successful, failed, isFinished }: BulkProgress & { operationId: string },
  errors: string[],
): Answer<never> {
  const done = work.kind === 'MOVE_FILINGS' ? `moved to ${work.stage}` : BULK_DONE[work.kind];
  const message = isFinished
    ? `${successful} of ${total} ${successful === 1 ? 'was' : 'were'} ${done}`
    : `Under way: ${successful + failed} of ${total} done so far`;
  const data = { operationId, status: isFinished ? 'COMPLETED' : 'RUNNING' };
  return {
    status: isFinished ? 200 : 202,
    message,
    extra: { success: successful > 0 || !isFinished, results: { successful, failed, errors }, data },
    headers: { Location: `/api/v1/bulk-operations/${operationId}` },
  };
}

function previewed(work: BulkWork, records: Awaited<ReturnType<typeof previewBulk>>): Answer<never> {
  const errors = records.flatMap(({ id, label, refusal }) => (refusal === null ? [] : [`${label ?? id}: ${refusal}`]));
  const successful = records.length - errors.length;
  const done = work.kind === 'MOVE_FILINGS' ? `moved to ${work.stage}` : BULK_DONE[work.kind];
  const message = `${successful} of ${records.length} would be ${done}`;
  const results = { successful, failed: errors.length, errors, records };
  return { message, extra: { success: successful > 0, results } };
}

/** Gathers what became of each record of a bulk operation, for a BulkOperationResponse. */
export class BulkOutcome {
  private successful = 0;
  private readonly errors: string[] = [];

  succeed(): void {
    this.successful += 1;
  }

  /** `record` is what a person knows it by. */
  fail(record: string, reason: string): void {
    this.errors.push(`${record}: ${reason}`);
  }

  /** `done` completes "3 of 4 were …"; `records` are those of a dry run. */
  answer(done: string, records?: z.infer<typeof BulkResultsSchema>['records']): Answer<never> {
    const failed = this.errors.length;
    const results = { successful: this.successful, failed, errors: this.errors, ...(records ? { records } : {}) };
    const message = `${this.successful} of ${this.successful + failed} ${this.successful === 1 ? 'was' : 'were'} ${done}`;
    return { message, extra: { success: this.successful > 0, results } };
  }
}
