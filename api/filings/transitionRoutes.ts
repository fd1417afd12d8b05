import { awaitsApproval } from '../../domain/approvals/approval';
import type { FilingDefinition } from '../../domain/filings/definition';
import { explained } from '../clients/explained';
import { requireActiveUser } from '../../services/clients/assignClient';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { invalidField } from '../errors';
import { IdParams } from '../schemas';
import { answerOf, ask } from './ask';
import { requireFiling } from './routes';
import { FilingSchema, transitionBody } from './schemas';
import { secondPerson } from './secondPerson';

/** Moving a filing from stage to stage. */
export function transitionRoutes(api: Api, deps: ApiDependencies, definition: FilingDefinition): void {
  const { kind, route, label } = definition;
  endpoint(
    api,
    {
      method: 'post',
      path: `/${route}/{id}/transitions`,
      tag: label,
      summary: 'Move a filing to another stage; answers with the row as committed',
      permission: 'move filings',
      params: IdParams,
      body: transitionBody(definition),
      data: FilingSchema,
      otherStatuses: { 202: 'Stored and on its way; see /filing-requests/{id}', 409: 'The workflow refused the move' },
    },
    async ({ params, body: { notes, approval, ...move }, user, c }) => {
      if (approval && !awaitsApproval(definition, move.stage)) {
        throw invalidField(
          'approval',
          `What the client is to see goes with a move that sends the filing to them, not to ${move.stage}`,
        );
      }
      const access = await requireFiling(deps, kind, user, params.id);
      const assignee = move.assignedUserId && (await assigneeOf(move.assignedUserId));
      const payload = { ...move, ...(assignee ? { assignedUserName: assignee.name } : {}), ...secondPerson(deps) };
      const asked = { type: 'stageTransition' as const, payload, notes, approval, route: `${route} transitions` };
      return answerOf(deps, c, await ask(deps, c, user, { kind, access }, asked));
    },
  );

  async function assigneeOf(userId: string): Promise<{ name: string }> {
    return await explained(() => requireActiveUser(deps, userId), 'assignedUserId');
  }
}
