import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import { BulkOperationSchema } from '../../api/bulk';
import { displayInstant } from '../../domain/calendar/display';
import { BULK_DONE, isClientWork } from '../../domain/bulk/operations';
import { withStageLabels } from '../../domain/filings/labels';
import type { PageContext, Web } from '../pages';
import { page } from '../pages';

export type BulkOperation = z.infer<typeof BulkOperationSchema>;

const MOST_SHOWN = 200;

/** How far a bulk operation has come: it shows by itself, and without scripts as often as it is asked. */
export function operationPages(web: Web): void {
  page(web, '/bulk-operations/:id', async (context) => {
    const operation = await readOperation(context, context.c.req.param('id') ?? '');
    const { requestedBy, createdAt, finishedAt, kind } = operation;
    return {
      title: 'Work on many records',
      body: (
        <>
          <h1>Work on many records</h1>
          <p class="muted">
            Begun by {requestedBy.name}, {displayInstant(createdAt.getTime())}
            {finishedAt && `; done ${displayInstant(finishedAt.getTime())}`}
          </p>
          <Progress operation={operation} />
          <p>
            {isClientWork(kind) ? <a href="/clients?sortBy=updatedAt&sortOrder=desc">See the clients</a> : <a href="/">Home</a>}
          </p>
        </>
      ),
    };
  });
}

/** Reads a bulk operation. Throws ApiFailure. */
export async function readOperation({ api }: PageContext, id: string): Promise<BulkOperation> {
  return await api.get(`/bulk-operations/${encodeURIComponent(id)}`, BulkOperationSchema);
}

/** How much of an operation is done; asks again by itself until all is. */
export function Progress({ operation }: { operation: BulkOperation }): JSX.Element {
  const { id, kind, status, total, successful, failed, errors } = operation;
  const path = `/bulk-operations/${id}`;
  const isRunning = status === 'RUNNING';
  const done = successful + failed;
  return (
    <section
      class="card"
      id="progress"
      aria-labelledby="progress-title"
      hx-get={isRunning ? path : undefined}
      hx-trigger={isRunning ? 'every 1s' : undefined}
      hx-select="#progress"
      hx-swap="outerHTML"
    >
      <h2 id="progress-title">{isRunning ? `Under way: ${done} of ${total}` : `${successful} of ${total} ${BULK_DONE[kind]}`}</h2>
      <progress max={total} value={done} aria-labelledby="progress-title"></progress>
      {isRunning && (
        <p>
          It goes on by itself, whatever you do meanwhile. <a href={path}>Look again</a>
        </p>
      )}
      {failed > 0 && (
        <>
          <p>These were refused:</p>
          <ul>
            {errors.slice(0, MOST_SHOWN).map((error) => (
              <li>{withStageLabels(error)}</li>
            ))}
          </ul>
          {errors.length > MOST_SHOWN && <p class="muted">And {errors.length - MOST_SHOWN} more.</p>}
        </>
      )}
    </section>
  );
}
