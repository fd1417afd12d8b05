import { z } from '@hono/zod-openapi';
import type { FilingDefinition } from '../../domain/filings/definition';
import { keptHistory } from '../../models/filings/historyExports';
import { isIntact } from '../../services/histories/historyChain';
import type { SignedInUser } from '../../services/sessions/readSession';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { notFound } from '../errors';
import { IdParams } from '../schemas';
import { historyPage } from './historyPage';
import { requireFiling } from './routes';

const EntrySchema = z.object({
  runId: z.string(),
  eventId: z.int(),
  at: z.iso.datetime(),
  who: z.string(),
  what: z.string(),
  hash: z.string(),
});

const HistoryExportSchema = z
  .object({
    workflowId: z.string(),
    runId: z.string(),
    exportedAt: z.iso.datetime(),
    headHash: z.string(),
    isIntact: z
      .boolean()
      .openapi({ description: 'Whether chain, head and activity log agree: false where something was changed' }),
    entries: z.array(EntrySchema),
  })
  .openapi('HistoryExport');

export type HistoryExportAnswer = z.infer<typeof HistoryExportSchema>;

/** The history of a filing that has ended, as it was kept when it ended. */
export function historyRoutes(api: Api, deps: ApiDependencies, definition: FilingDefinition): void {
  const { kind, route, label } = definition;
  const common = { method: 'get', tag: label, permission: 'see filings', params: IdParams } as const;

  /** Throws NOT_FOUND where the person may not see the filing, or no history of it is kept. */
  async function read(user: SignedInUser, filingId: string): Promise<HistoryExportAnswer> {
    await requireFiling(deps, kind, user, filingId);
    const kept = await keptHistory(deps.db.pool, kind, filingId);
    if (!kept) throw notFound('history: it is kept within minutes of the filing’s end');
    const { workflowId, runId, entries, headHash, loggedHash, createdAt } = kept;
    const exportedAt = createdAt.toISOString();
    return { workflowId, runId, exportedAt, headHash, isIntact: loggedHash === headHash && isIntact(entries, headHash), entries };
  }

  endpoint(
    api,
    {
      ...common,
      path: `/${route}/{id}/history-export`,
      summary: 'The history of a filing that has ended, in plain language with a hash chain',
      data: HistoryExportSchema,
    },
    async ({ params, user }) => {
      const data = await read(user, params.id);
      return { data, headers: { 'Content-Disposition': `attachment; filename="${fileName(data.workflowId)}.json"` } };
    },
  );

  endpoint(
    api,
    {
      ...common,
      path: `/${route}/{id}/history-export/page`,
      summary: 'The same as a page to print',
    },
    async ({ params, user }) => ({ page: historyPage(await read(user, params.id)) }),
  );
}

function fileName(workflowId: string): string {
  return workflowId.replaceAll(/[^\w.-]/g, '-');
}
