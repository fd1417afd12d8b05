import { z } from '@hono/zod-openapi';
import { REMINDER_KINDS, REMINDER_RECIPIENTS, REMINDER_STATUSES } from '../../domain/chasing/reminderKinds';
import { receivedBy } from '../../domain/filings/decideTransition';
import type { FilingDefinition } from '../../domain/filings/definition';
import { explainWaiting, nextAutomaticAction, reminderSentence } from '../../domain/filings/explainWaiting';
import { ACTIONS, possibleActions } from '../../domain/filings/possibleActions';
import { possibleMoves } from '../../domain/filings/possibleMoves';
import { AUTHORITIES, FILED_TO } from '../../domain/filings/stages';
import { loadFiling } from '../../models/filings/loadFiling';
import { filingReminders } from '../../models/queries/filingReminders';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { DateSchema, IdParams, InstantSchema } from '../schemas';
import { requireFiling } from './routes';

const PossibleMoveSchema = z
  .object({
    stage: z.string(),
    allowed: z.boolean(),
    reason: z.string().nullable(),
    isForeseen: z.boolean(),
    isBack: z.boolean(),
    needsNote: z.boolean(),
    receipts: z.array(z.enum(FILED_TO)),
    consequences: z.array(z.string()),
  })
  .openapi('PossibleMove');

const PossibleActionSchema = z
  .object({ action: z.enum(ACTIONS), allowed: z.boolean(), reason: z.string().nullable() })
  .openapi('PossibleAction');

export const OutlookSchema = z
  .object({
    waitingBecause: z.string(),
    nextAutomaticAction: z.object({ kind: z.enum(REMINDER_KINDS), plannedAt: InstantSchema, sentence: z.string() }).nullable(),
    moves: z.array(PossibleMoveSchema),
    actions: z.array(PossibleActionSchema),
    receivedBy: z.array(z.enum(AUTHORITIES)).openapi({ description: 'The authorities that received it, and so may reject it' }),
  })
  .openapi('FilingOutlook');

export const FilingReminderSchema = z
  .object({
    id: z.string(),
    kind: z.enum(REMINDER_KINDS),
    deadline: z.string(),
    number: z.int().nullable(),
    recipient: z.enum(REMINDER_RECIPIENTS),
    plannedFor: DateSchema,
    plannedAt: InstantSchema,
    status: z.enum(REMINDER_STATUSES),
    reason: z.string().nullable(),
    sentAt: InstantSchema.nullable(),
  })
  .openapi('FilingReminder');

/** What comes next for a filing: the moves and actions that the caller may ask for, why it waits, and what it does by itself. */
export function outlookRoutes(api: Api, deps: ApiDependencies, definition: FilingDefinition): void {
  const { kind, route, label } = definition;
  const common = { method: 'get', tag: label, permission: 'see filings', params: IdParams } as const;

  endpoint(
    api,
    {
      ...common,
      path: `/${route}/{id}/outlook`,
      summary: 'Why it waits, what it does next by itself, and every move and action with whether I may ask for it and why not',
      data: OutlookSchema,
    },
    async ({ params, user }) => {
      const { relation } = await requireFiling(deps, kind, user, params.id);
      const { state, rules } = await loadFiling(deps.db.pool, kind, params.id, true);
      const actor = { userId: user.id, name: user.name, role: user.role, relation };
      const now = deps.now();
      const next = nextAutomaticAction(state);
      return {
        data: {
          waitingBecause: explainWaiting(definition, state, now),
          nextAutomaticAction: next && {
            kind: next.kind,
            plannedAt: new Date(next.plannedAt),
            sentence: reminderSentence(next.kind),
          },
          moves: possibleMoves(definition, state, rules, actor, now),
          actions: possibleActions(definition, state, rules, actor, now),
          receivedBy: receivedBy(definition, state),
        },
      };
    },
  );

  endpoint(
    api,
    {
      ...common,
      path: `/${route}/{id}/reminders`,
      summary: 'Every planned chase and alert of the filing and what became of it, the soonest first',
      data: z.array(FilingReminderSchema),
    },
    async ({ params, user }) => {
      await requireFiling(deps, kind, user, params.id);
      return { data: FilingReminderSchema.array().parse(await filingReminders(deps.db, params.id)) };
    },
  );
}
