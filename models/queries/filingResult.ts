import type { Model, ModelStatic } from 'sequelize';
import { DataTypes } from 'sequelize';
import type { IsoDate } from '../../domain/calendar/dates';
import { daysBetween } from '../../domain/calendar/dates';
import { londonDateOf } from '../../domain/calendar/london';
import type { FilingKind } from '../../domain/filings/stages';
import type { Database } from '../database';
import type { FilingClient } from './filingRow';
import { filingModel } from './filingRow';
import type { AssignedUser } from './statement';

/** A filing's row as a request's outcome keeps it, keyed by column, with its client and assignee. */
export interface CommittedFiling {
  row: Record<string, unknown>;
  client: FilingClient;
  assignedUser: AssignedUser | null;
}

/** What to select of the client `c` and the assignee `u`, either of which may be missing, for a CommittedFiling. */
export const COMMITTED_CLIENT = `json_build_object('id', c.id, 'clientCode', c.client_code, 'companyName', c.company_name,
  'contactName', c.contact_name, 'contactEmail', c.contact_email)`;
export const COMMITTED_ASSIGNEE = `CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.name, 'email', u.email) END`;

/** The committed row in the shape that lists and single reads give; `today` is the date in London. */
export function filingOfResult(
  db: Database,
  kind: FilingKind,
  { row, client, assignedUser }: CommittedFiling,
  today: IsoDate,
): Record<string, unknown> {
  const filing: Record<string, unknown> = {};
  for (const { name, column, isInstant } of shownColumns(filingModel(db, kind))) {
    const value = row[column];
    if (value !== undefined) filing[name] = isInstant && typeof value === 'string' ? new Date(value) : value;
  }
  const isOpen = row['is_completed'] === false && row['is_cancelled'] === false;
  const due = String(row['filing_due_date']);
  const enteredOn = londonDateOf(Date.parse(String(row['stage_entered_at'])));
  return {
    ...filing,
    client,
    assignedUser,
    daysLeft: isOpen ? daysBetween(today, due) : null,
    daysInStage: Math.max(daysBetween(enteredOn, today), 0),
    isOverdue: isOpen && due < today,
  };
}

interface ShownColumn {
  name: string;
  column: string;
  isInstant: boolean;
}

/** Worked out once for each model: asking Sequelize for the type of every column costs more than all else that an answer is made of. */
const knownColumns = new WeakMap<ModelStatic<Model>, ShownColumn[]>();

function shownColumns(model: ModelStatic<Model>): ShownColumn[] {
  const known = knownColumns.get(model);
  if (known) return known;
  const columns = Object.entries(model.getAttributes()).map(([name, { field, type }]) => ({
    name,
    column: field ?? name,
    isInstant: type instanceof DataTypes.DATE,
  }));
  knownColumns.set(model, columns);
  return columns;
}
