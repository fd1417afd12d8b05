import type { IsoDate } from '../../domain/calendar/dates';
import { londonInstant } from '../../domain/calendar/london';
import { FILING_DEFINITIONS, filingWorkflowId } from '../../domain/filings/definitions';
import type { Mover } from '../../domain/filings/definition';
import type { Actor } from '../../domain/filings/messages';
import type { Assignee, FilingState } from '../../domain/filings/state';
import { dueDate, waitingFor } from '../../domain/filings/state';
import type { FilingKind } from '../../domain/filings/stages';
import type { ClientDates } from '../filings/clientDates';
import { filingRow } from '../filings/filingColumns';
import type { SeedPeriod } from './filingPeriods';
import { filingPeriods } from './filingPeriods';
import type { SeedMove } from './filingWalk';
import { walkFiling } from './filingWalk';
import type { SeededPerson } from './people';
import type { Random } from './random';
import { createRandom, indexKey, seededId } from './random';

/** From what the filings of a sample practice are made. */
export interface FilingPlan {
  seed: number;
  /** The date in London on which they stand as they do. */
  today: IsoDate;
  people: readonly SeededPerson[];
  bankHolidays: readonly IsoDate[];
}

/** A client with whom its filings are assigned to. */
export interface SeededClient extends ClientDates {
  companyName: string;
  vatAssigneeId: string | null;
  ltdAssigneeId: string | null;
}

type Row = Record<string, unknown>;

/** The row of a filing with those of its history. */
export interface SeededFiling {
  kind: FilingKind;
  row: Row;
  history: Row[];
}

/** Keeps filings apart from the clients and people of one seed. */
const FILINGS_FROM = 2_000_000_000;

/** The filings of a client: the running ones, the unfinished and some that are done, each with its moves so far. */
export function filingsOf(plan: FilingPlan, client: SeededClient, index: number): SeededFiling[] {
  const random = createRandom(plan.seed, FILINGS_FROM + index);
  return filingPeriods(client, plan.today).map((period, number) =>
    seededFiling(plan, client, period, `${indexKey(index)}${number.toString(36)}`, random),
  );
}

function seededFiling(plan: FilingPlan, client: SeededClient, period: SeedPeriod, key: string, random: Random): SeededFiling {
  const { kind } = period;
  const definition = FILING_DEFINITIONS[kind];
  const assigneeId = kind === 'VAT_QUARTER' ? client.vatAssigneeId : client.ltdAssigneeId;
  const assignee = plan.people.find(({ id }) => id === assigneeId);
  const opened = openedState(
    client,
    period,
    assignee ? { userId: assignee.id, name: assignee.name } : null,
    seededId(random, key),
  );
  const { state, moves } = walkFiling(opened, {
    random,
    today: plan.today,
    bankHolidays: plan.bankHolidays,
    moverOf: (mover) => moverOf(plan.people, assignee, mover, random),
    isFiled: period.isFiled,
  });
  const row = filingRow(kind, '', {
    state,
    dueDate: dueDate(definition, state.dates, state.milestones),
    waitingFor: waitingFor(definition, state, londonInstant(plan.today, '12:00')),
    decidedAt: state.stageEnteredAt,
    decisionKey: '',
  });
  return {
    kind,
    row: {
      ...row,
      ...period.columns,
      id: state.filingId,
      client_id: client.id,
      workflow_id: filingWorkflowId(definition, client.clientCode, period.label),
      // No workflow has decided anything yet: it starts from this row.
      run_id: null,
      decided_at: null,
      decision_key: null,
      workflow_state: state.chase.lastReminderOn === null || state.outcome ? null : { chase: state.chase },
      created_at: instant(opened.stageEnteredAt),
      updated_at: instant(state.stageEnteredAt),
    },
    history: moves.map((move) => historyRow(state.filingId, move, key, random)),
  };
}

/** As the filing was on the first day of its period. */
function openedState(client: SeededClient, period: SeedPeriod, assignee: Assignee | null, filingId: string): FilingState {
  return {
    kind: period.kind,
    filingId,
    clientId: client.id,
    clientCode: client.clientCode,
    clientName: client.companyName,
    period: period.label,
    stage: 'PAPERWORK_PENDING_CHASE',
    stageEnteredAt: londonInstant(period.dates.periodStart, '00:15'),
    milestones: {},
    assignee,
    dates: period.dates,
    sequence: 0,
    revision: 0,
    paused: null,
    chase: { remindersSent: 0, lastReminderOn: null, lastClientReminderOn: null, noClientEmailBefore: null, lastAlertOn: {} },
    plan: [],
    outcome: null,
    decidedRequestIds: [],
  };
}

/** The assigned person where the rules leave it to staff, else somebody with that role; a manager does what nobody is assigned to. */
function moverOf(people: readonly SeededPerson[], assignee: SeededPerson | undefined, mover: Mover, random: Random): Actor {
  if (mover === 'STAFF' && assignee) return actor(assignee, 'assigned');
  const role = mover === 'PARTNER' ? 'PARTNER' : 'MANAGER';
  const [first, ...others] = people.filter((person) => person.role === role);
  if (!first) throw new Error(`The sample practice has no ${role}`);
  return actor(random.pick([first, ...others]), 'none');
}

function actor({ id, name, role }: SeededPerson, relation: Actor['relation']): Actor {
  return { userId: id, name, role, relation };
}

function historyRow(filingId: string, { transition, actor, at }: SeedMove, filingKey: string, random: Random): Row {
  const key = `${filingKey}${transition.sequence.toString(36)}`;
  return {
    id: seededId(random, key),
    filing_id: filingId,
    from_stage: transition.fromStage,
    to_stage: transition.toStage,
    stage_changed_at: instant(at),
    days_in_previous_stage: transition.daysInPreviousStage,
    user_id: actor.userId,
    user_name: actor.name,
    user_role: actor.role,
    source: actor.role === 'SYSTEM' ? 'TIMER' : 'API',
    transition_id: seededId(random, key),
    sequence: transition.sequence,
    filed_to: transition.filedTo,
    rejected_by: transition.rejectedBy,
  };
}

function instant(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
