import type { FilingDefinition } from '../../domain/filings/definition';
import { findUser } from '../../services/users/users';
import { answerBulk, BULK_STATUSES_DOCUMENTED, BulkResultsSchema } from '../bulk';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { BulkReassignBody, bulkTransitionBody } from './schemas';
import { secondPerson } from './secondPerson';

/** The same request to many filings: each is decided for itself, and what was refused is told with its reason. */
export function bulkRoutes(api: Api, deps: ApiDependencies, definition: FilingDefinition): void {
  const { kind: filingKind, route, label } = definition;
  const common = { method: 'post', tag: label, results: BulkResultsSchema, otherStatuses: BULK_STATUSES_DOCUMENTED } as const;

  endpoint(
    api,
    {
      ...common,
      path: `/${route}/bulk-transition`,
      summary: 'Move many filings to a stage; with dryRun only tell what would happen',
      permission: 'move filings',
      body: bulkTransitionBody(definition),
    },
    ({ body: { ids, stage, notes, dryRun }, user, c }) => {
      const note = notes?.trim() ? notes : null;
      const work = { kind: 'MOVE_FILINGS' as const, filingKind, stage, notes: note, ...secondPerson(deps) };
      return answerBulk(deps, c, user, work, ids, dryRun);
    },
  );

  endpoint(
    api,
    {
      ...common,
      path: `/${route}/bulk-assign`,
      summary: 'Hand many filings to somebody, or to nobody; with dryRun only tell what would happen',
      permission: 'hand over filings',
      body: BulkReassignBody,
    },
    async ({ body: { ids, userId, dryRun }, user, c }) => {
      const assignee = userId === null ? undefined : await findUser(deps.db.pool, userId);
      const work = { kind: 'ASSIGN_FILINGS', filingKind, userId, userName: assignee?.name ?? null } as const;
      return await answerBulk(deps, c, user, work, ids, dryRun);
    },
  );
}
