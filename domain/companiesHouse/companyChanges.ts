import type { IsoDate } from '../calendar/dates';
import type { CompanyFields, CompanyReading, StatutoryDate } from './company';
import { STATUTORY_DATES } from './company';

/** The same fields as a client has them now. */
export type CurrentCompany = { [Field in keyof CompanyFields]: unknown };

/** How a reading differs from the client. */
export interface CompanyChanges {
  /** What is taken over as it is. */
  applied: Partial<CompanyFields>;
  /** Statutory dates that differ from those in force: a person decides. */
  proposed: { field: StatutoryDate; oldDate: IsoDate; newDate: IsoDate }[];
  /** Statutory dates that are as they are in force. */
  confirmed: StatutoryDate[];
}

/** One field that differed. */
export interface FieldChange {
  field: string;
  /** Null for what is not shown beyond the client itself: addresses and people. */
  oldValue: string | boolean | null;
  newValue: string | boolean | null;
  /** A statutory date waits for a person; anything else was taken over. */
  isProposed: boolean;
}

/** Compares a reading with a client. A statutory date that is not known yet is taken over; what the reading lacks stays as it is. */
export function companyChanges(client: CurrentCompany, { fields }: Pick<CompanyReading, 'fields'>): CompanyChanges {
  const applied = { ...fields };
  const changes: CompanyChanges = { applied, proposed: [], confirmed: [] };
  for (const field of STATUTORY_DATES) {
    const [oldDate, newDate] = [client[field], fields[field]];
    if (newDate === undefined || typeof oldDate !== 'string') continue;
    delete applied[field];
    if (oldDate === newDate) changes.confirmed.push(field);
    else changes.proposed.push({ field, oldDate, newDate });
  }
  for (const field of fieldsOf(applied)) if (isSame(field, client[field], applied[field])) delete applied[field];
  return changes;
}

function fieldsOf(fields: Partial<CompanyFields>): (keyof CompanyFields)[] {
  return Object.keys(fields).filter((name): name is keyof CompanyFields => name in fields);
}

/** People write a name in their own way; only another name is a change. */
function isSame(field: keyof CompanyFields, before: unknown, after: unknown): boolean {
  if (field === 'companyName') return comparableName(before) === comparableName(after);
  return canonical(before) === canonical(after);
}

function comparableName(name: unknown): string {
  return String(name)
    .toLowerCase()
    .replaceAll(/\blimited\b/g, 'ltd')
    .replaceAll('&', 'and')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** JSON with the keys in order: the database keeps them in an order of its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Company statuses, and details of them, of a company that is ending or has ended (Companies House's own enumerations). */
const ENDING: Record<string, string> = {
  dissolved: 'is dissolved',
  liquidation: 'is in liquidation',
  receivership: 'is in receivership',
  administration: 'is in administration',
  'voluntary-arrangement': 'is in a voluntary arrangement',
  'insolvency-proceedings': 'is in insolvency proceedings',
  'converted-closed': 'was converted or closed',
  removed: 'was removed from the register',
  closed: 'is closed',
  'active-proposal-to-strike-off': 'is about to be struck off',
};

/** What is to be told of a company's status, where it is ending: `is in liquidation`. Null otherwise. */
export function endingOf(status: string | null | undefined, detail: string | null | undefined): string | null {
  const known = [status, detail].find((text) => typeof text === 'string' && Object.hasOwn(ENDING, text));
  return known ? (ENDING[known] ?? null) : null;
}
