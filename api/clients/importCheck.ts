import type { IsoDate } from '../../domain/calendar/dates';
import type { CheckClient } from '../../services/clients/planImport';
import { ApiError } from '../errors';
import { requiredClientFields } from './fields';
import { CreateClientSchema, requireFittingFields, UpdateClientSchema, withWorkDates } from './schemas';

/** Whom an import assigns is looked up by it, and no field of a form. */
const ASSIGNED = new Set([
  'assignedUserId',
  'ltdCompanyAssignedUserId',
  'nonLtdCompanyAssignedUserId',
  'vatAssignedUserId',
  'chaseTeamUserIds',
]);

/** Checks rows of an import by the schemas of the API's own forms; `today` is the date in London. */
export function clientCheck(today: IsoDate): CheckClient {
  return (fields, before) => checked(fields, before, today);
}

function checked(
  fields: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>> | null,
  today: IsoDate,
): ReturnType<CheckClient> {
  const entries = Object.entries(fields);
  const assigned = Object.fromEntries(entries.filter(([field]) => ASSIGNED.has(field)));
  const form = Object.fromEntries(entries.filter(([field]) => !ASSIGNED.has(field)));
  // What is required and empty is refused in the words of the form.
  for (const field of Object.keys(requiredClientFields)) {
    if (before ? form[field] === null : !Object.hasOwn(form, field)) form[field] = '';
  }
  const parsed = (before ? UpdateClientSchema : CreateClientSchema).safeParse(form);
  if (!parsed.success) {
    return { problems: parsed.error.issues.map(({ path, message }) => ({ field: String(path[0] ?? ''), message })) };
  }
  try {
    requireFittingFields({ ...before, ...parsed.data });
    return { fields: { ...withWorkDates(parsed.data, today), ...assigned } };
  } catch (error) {
    if (error instanceof ApiError) return { problems: error.errors.map(({ path, message }) => ({ field: path, message })) };
    throw error;
  }
}
