import { z } from '@hono/zod-openapi';
import type { AdvancedFilter, TypedFilter } from '../../domain/clients/advancedFilter';
import {
  GROUP_OPERATORS,
  LONGEST_VALUE,
  MOST_CONDITIONS,
  MOST_GROUPS,
  MOST_VALUES,
  parseFilter,
} from '../../domain/clients/advancedFilter';
import { COMPANY_TYPES } from '../../domain/clients/clientFields';
import { FILTER_FIELDS, filterFieldOf, isFilterField, OPERATORS_BY_TYPE } from '../../domain/clients/filterFields';
import { CLIENT_SORTS } from '../../models/queries/clientList';
import { SORT_ORDERS } from '../../models/queries/page';
import { ApiError } from '../errors';
import { InstantSchema, pageFields } from '../schemas';

/** The longest text of a filter in an address. */
const LONGEST_FILTER = 20_000;

const name = z.string().trim().min(1, 'Name the filter').max(100, 'Name too long');
const id = z.string().max(100).optional();
const scalar = z.union([z.string().max(LONGEST_VALUE, `At most ${LONGEST_VALUE} characters`), z.number(), z.boolean(), z.null()]);

const FilterConditionSchema = z
  .strictObject({
    id,
    field: z.string().max(100),
    operator: z.string().max(50),
    value: z.union([scalar, z.array(scalar).max(MOST_VALUES, `At most ${MOST_VALUES} values`)]).optional(),
    value2: scalar.optional(),
  })
  .openapi('FilterCondition', { description: `One condition on a field of a client.\n\n${fieldTable()}` });

const FilterGroupSchema = z
  .strictObject({
    id,
    operator: z.enum(GROUP_OPERATORS),
    conditions: z
      .array(FilterConditionSchema)
      .min(1, 'A group needs a condition')
      .max(MOST_CONDITIONS, `At most ${MOST_CONDITIONS} conditions in a group`),
  })
  .openapi('FilterGroup');

const filterFields = {
  groups: z
    .array(FilterGroupSchema)
    .min(1, 'A filter needs a group of conditions')
    .max(MOST_GROUPS, `At most ${MOST_GROUPS} groups`),
  groupOperator: z.enum(GROUP_OPERATORS),
};

const AdvancedFilterSchema = z.strictObject({ id, name: name.optional(), ...filterFields }).openapi('AdvancedFilter');

export const FilterClientsBody = z
  .strictObject({
    filter: AdvancedFilterSchema,
    search: z.string().max(200).optional(),
    companyType: z.enum(COMPANY_TYPES).optional(),
    active: z.boolean().optional(),
    assignedUserId: z.string().max(50).optional(),
    sortBy: z.enum(CLIENT_SORTS).default('companyName'),
    sortOrder: z.enum(SORT_ORDERS).default('asc'),
    ...pageFields,
  })
  .openapi('FilterClientsRequest');

export const SaveFilterBody = z
  .strictObject({ id, name, ...filterFields, isShared: z.boolean().default(false) })
  .openapi('SaveFilterRequest');

export const SavedFilterSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    groups: z.array(FilterGroupSchema),
    groupOperator: z.enum(GROUP_OPERATORS),
    isShared: z.boolean(),
    owner: z.object({ id: z.string(), name: z.string() }),
    /** Whether the one who asks may change and delete it. */
    mayChange: z.boolean(),
    createdAt: InstantSchema,
    updatedAt: InstantSchema,
  })
  .openapi('SavedFilter');

/** The filter, each condition fitted to its field. Throws VALIDATION_FAILED naming the conditions that cannot be understood. */
export function typedFilter(filter: AdvancedFilter, at = ''): TypedFilter {
  const parsed = parseFilter(filter);
  if ('filter' in parsed) return parsed.filter;
  const errors = parsed.problems.map(({ path, message }) => ({ path: at + path, message }));
  throw new ApiError('VALIDATION_FAILED', errors[0]?.message ?? 'The filter cannot be understood', errors);
}

/** An AdvancedFilter as JSON, for an address. */
export const FilterTextSchema = z
  .string()
  .max(LONGEST_FILTER, 'Filter too long')
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('The filter is not well-formed JSON');
      return z.NEVER;
    }
  })
  .pipe(AdvancedFilterSchema)
  .openapi({ type: 'string' });

/** The documented list of fields, with the operators that each takes. */
function fieldTable(): string {
  const rows = Object.keys(FILTER_FIELDS)
    .filter(isFilterField)
    .map((field) => {
      const { type, choices } = filterFieldOf(field);
      return `| ${field} | ${type}${choices ? ` (${choices.join(', ')})` : ''} | ${OPERATORS_BY_TYPE[type].join(', ')} |`;
    });
  return ['| field | type | operators |', '| --- | --- | --- |', ...rows].join('\n');
}
