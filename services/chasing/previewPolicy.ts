import type { Pool } from 'pg';
import { CLIENT_EMAIL_KINDS, planChasing } from '../../domain/chasing/plan';
import type { ChasePolicy, PolicyKind } from '../../domain/chasing/policy';
import type { PlannedReminder } from '../../domain/chasing/reminderKinds';
import { ledgerChange } from '../../domain/chasing/reminders';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import type { FilingState } from '../../domain/filings/state';
import { filingsUnderPolicy, kindUnderPolicy } from '../../models/chasing/filingsUnderPolicy';
import { loadBankHolidays, loadStates } from '../../models/filings/loadFiling';

const PAGE = 500;

/** The next e-mail that would go to the client. */
interface NextReminder {
  kind: string;
  plannedFor: string;
  /** ISO 8601 UTC. */
  plannedAt: string;
}

/** A filing in flight that a changed policy would chase differently. */
export interface PreviewedFiling {
  filingId: string;
  clientId: string;
  clientCode: string;
  companyName: string | null;
  period: string;
  nextReminderBefore: NextReminder | null;
  nextReminderAfter: NextReminder | null;
  /** Planned rows, alerts to the staff among them, that would be dropped, and that would come. */
  dropped: number;
  added: number;
}

/** What a changed policy would do to the filings in flight. */
export interface PolicyPreview {
  filings: PreviewedFiling[];
  /** How many filings it would leave as they are. */
  unchanged: number;
}

/** Tells which filings in flight a change of a policy would chase differently, by the rules that chase them; changes nothing. `now` is epoch ms. */
export async function previewPolicy(
  db: Pool,
  policyKind: PolicyKind,
  clientId: string | null,
  { before, after }: { before: ChasePolicy; after: ChasePolicy },
  now: number,
): Promise<PolicyPreview> {
  const kind = kindUnderPolicy(policyKind);
  const preview: PolicyPreview = { filings: [], unchanged: 0 };
  let last: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof filingsUnderPolicy>> = await filingsUnderPolicy(db, policyKind, clientId, last, PAGE);
    const states = await loadStates(
      db,
      kind,
      page.map(({ id }) => id),
    );
    const bankHolidays = await holidaysAround(db, states);
    for (const state of states) {
      const plan = (policy: ChasePolicy): PlannedReminder[] =>
        planChasing(FILING_DEFINITIONS[kind], state, { policy, version: 0, bankHolidays }, now);
      const filing = compare(state, plan(before), plan(after));
      if (filing) preview.filings.push(filing);
      else preview.unchanged += 1;
    }
    last = page.length < PAGE ? null : (page[page.length - 1]?.workflowId ?? null);
  } while (last !== null);
  return preview;
}

/** The bank holidays that can matter to any of the filings; those of other years make no difference to a plan. */
async function holidaysAround(db: Pool, states: readonly FilingState[]): Promise<string[]> {
  const [first] = states;
  if (!first) return [];
  const starts = states.map(({ dates }) => dates.periodStart).toSorted();
  const deadlines = states.flatMap(({ dates }) => Object.values(dates.deadlines)).toSorted();
  const { periodStart } = first.dates;
  const lastDeadline = deadlines[deadlines.length - 1] ?? periodStart;
  return await loadBankHolidays(db, { ...first.dates, periodStart: starts[0] ?? periodStart, deadlines: { lastDeadline } });
}

function compare(state: FilingState, before: PlannedReminder[], after: PlannedReminder[]): PreviewedFiling | undefined {
  const definition = FILING_DEFINITIONS[state.kind];
  const { settle, add } = ledgerChange(definition, { ...state, plan: before }, { ...state, plan: after });
  if (settle.length === 0 && add.length === 0) return undefined;
  const { filingId, clientId, clientCode, clientName, period } = state;
  return {
    filingId,
    clientId,
    clientCode,
    companyName: clientName,
    period,
    nextReminderBefore: nextOf(before),
    nextReminderAfter: nextOf(after),
    dropped: settle.length,
    added: add.length,
  };
}

function nextOf(plan: readonly PlannedReminder[]): NextReminder | null {
  const next = plan.find(({ kind }) => CLIENT_EMAIL_KINDS.includes(kind));
  if (!next) return null;
  return { kind: next.kind, plannedFor: next.plannedFor, plannedAt: new Date(next.plannedAt).toISOString() };
}
