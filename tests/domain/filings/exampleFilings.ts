import { FILING_DEFINITIONS } from '../../../domain/filings/definitions';
import type { FilingDefinition } from '../../../domain/filings/definition';
import type { Decision } from '../../../domain/filings/decision';
import type { Actor } from '../../../domain/filings/messages';
import type { Milestone, FilingState } from '../../../domain/filings/state';

export const { VAT_QUARTER: VAT, LTD_ACCOUNTS: LTD } = FILING_DEFINITIONS;

/** A Wednesday in the middle of the work; the clocks of London show an hour more. */
export const NOW = Date.parse('2024-04-10T10:00:00Z');

/** Everybody who may ask for something, by what the API found out of them. */
export const ACTORS = {
  partner: { userId: 'cpartner', name: 'Petra Partner', role: 'PARTNER', relation: 'none' },
  manager: { userId: 'cmanager', name: 'Manu Manager', role: 'MANAGER', relation: 'none' },
  assigned: { userId: 'cstaff', name: 'Stella Staff', role: 'STAFF', relation: 'assigned' },
  clientAssignee: { userId: 'cstaff', name: 'Stella Staff', role: 'STAFF', relation: 'clientAssignee' },
  chaseTeam: { userId: 'cchase', name: 'Charlie Chase', role: 'STAFF', relation: 'chaseTeam' },
  stranger: { userId: 'cother', name: 'Otto Other', role: 'STAFF', relation: 'none' },
  system: { userId: 'csystem', name: 'system', role: 'SYSTEM', relation: 'none' },
  client: { userId: null, name: 'Casey Client', role: 'CLIENT', relation: 'none' },
} as const satisfies Record<string, Actor>;
export type ActorName = keyof typeof ACTORS;

/** VAT 2024-Q1 of group C, or the accounts to 30 June 2024, untouched and due on 7 May 2024 or 31 March 2025. */
export function makeState(definition: FilingDefinition, fields: Partial<FilingState> = {}): FilingState {
  const isVat = definition.kind === 'VAT_QUARTER';
  return {
    kind: definition.kind,
    filingId: 'cfiling',
    clientId: 'cclient',
    clientCode: 'NZ-12',
    clientName: 'Acme Ltd',
    period: isVat ? '2024-Q1' : '2024-06-30',
    stage: 'PAPERWORK_PENDING_CHASE',
    stageEnteredAt: Date.parse(isVat ? '2024-01-01T00:00:00Z' : '2023-06-30T23:00:00Z'),
    milestones: {},
    assignee: null,
    dates: isVat
      ? {
          periodStart: '2024-01-01',
          periodEnd: '2024-03-31',
          deadlines: { filingDueDate: '2024-05-07' },
          corporationTaxRequired: true,
        }
      : {
          periodStart: '2023-07-01',
          periodEnd: '2024-06-30',
          deadlines: { accountsDueDate: '2025-03-31', ctReturnDueDate: '2025-06-30', ctDueDate: '2025-04-01' },
          corporationTaxRequired: true,
        },
    sequence: 4,
    revision: 9,
    paused: null,
    chase: { remindersSent: 0, lastReminderOn: null, lastClientReminderOn: null, noClientEmailBefore: null, lastAlertOn: {} },
    plan: [],
    outcome: null,
    decidedRequestIds: [],
    ...fields,
  };
}

/** Milestones that somebody else reached long ago, for tests of which of them are kept. */
export function milestones(...names: string[]): Record<string, Milestone> {
  const reached = { at: Date.parse('2024-01-15T10:00:00Z'), userId: 'cearlier', userName: 'Erin Earlier' };
  return Object.fromEntries(names.map((name) => [name, reached]));
}

/** The state after an applied decision; fails the test where it was refused. */
export function applied(decision: Decision): FilingState {
  if (!decision.applied) throw new Error(`${decision.code}: ${decision.reason}`);
  return decision.state;
}

/** The code of a refusal, or APPLIED. */
export function outcomeOf(decision: Decision): string {
  return decision.applied ? 'APPLIED' : decision.code;
}
