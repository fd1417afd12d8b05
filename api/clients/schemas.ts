import { z } from '@hono/zod-openapi';
import { CLIENT_ASSIGNMENTS } from '../../domain/clients/assignments';
import { COMPANY_TYPES } from '../../domain/clients/clientFields';
import type { WorkDates } from '../../domain/clients/workDates';
import { workDates } from '../../domain/clients/workDates';
import type { IsoDate } from '../../domain/calendar/dates';
import type { ClientDetails } from '../../domain/clients/clientRules';
import { clientProblems } from '../../domain/clients/clientRules';
import { CLIENT_SORTS } from '../../models/queries/clientList';
import type { ClientRow } from '../../models/queries/clientRow';
import { SORT_ORDERS } from '../../models/queries/page';
import { bulkIds, dryRun } from '../bulk';
import { ApiError } from '../errors';
import { FlagSchema, pageFields } from '../schemas';
import { optionalClientFields, requiredClientFields } from './fields';

/** What fields must fit together by, as far as each is right by itself. */
const FittingSchema = z.object({
  companyType: z.enum(COMPANY_TYPES).catch('LIMITED_COMPANY'),
  isVatEnabled: z.boolean().catch(false),
  vatFrequency: optionalClientFields.vatFrequency.catch(null),
  vatQuarterGroup: optionalClientFields.vatQuarterGroup.catch(null),
  vatScheme: optionalClientFields.vatScheme.catch(null),
  vatRegistrationDate: optionalClientFields.vatRegistrationDate.catch(null),
  vatDeregistrationDate: optionalClientFields.vatDeregistrationDate.catch(null),
  incorporationDate: optionalClientFields.incorporationDate.catch(null),
  cessationDate: optionalClientFields.cessationDate.catch(null),
});

/** All that is wrong is told at once: also what does not fit together where single fields are wrong. */
export const CreateClientSchema = z
  .strictObject({ ...requiredClientFields, ...optionalClientFields })
  .superRefine(
    (given, context) => {
      for (const { path, message } of problemsOf(FittingSchema.parse(given))) {
        if (!context.issues.some((issue) => issue.path?.[0] === path))
          context.addIssue({ code: 'custom', path: [path], message });
      }
    },
    { when: ({ value }) => typeof value === 'object' && value !== null },
  )
  .openapi('CreateClientRequest');

export const UpdateClientSchema = z
  .strictObject({ ...requiredClientFields, ...optionalClientFields })
  .partial()
  .openapi('UpdateClientRequest');

export const ClientListQuery = z.strictObject({
  search: z.string().max(200).optional(),
  companyType: z.enum(COMPANY_TYPES).optional(),
  active: FlagSchema.optional(),
  assignedUserId: z.string().max(50).optional(),
  sortBy: z.enum(CLIENT_SORTS).default('companyName'),
  sortOrder: z.enum(SORT_ORDERS).default('asc'),
  ...pageFields,
});

export const AssignedUserSchema = z
  .object({ id: z.string(), name: z.string(), email: z.string() })
  .nullable()
  .openapi('AssignedUser');

export const ClientSchema = z
  .looseObject({
    id: z.string(),
    clientCode: z.string(),
    companyName: z.string(),
    companyType: z.enum(COMPANY_TYPES),
    contactName: z.string(),
    contactEmail: z.string(),
    isActive: z.boolean(),
    isVatEnabled: z.boolean(),
    assignedUser: AssignedUserSchema,
    ltdCompanyAssignedUser: AssignedUserSchema,
    nonLtdCompanyAssignedUser: AssignedUserSchema,
    vatAssignedUser: AssignedUserSchema,
  })
  .openapi('Client');

export const AssignmentParams = z.strictObject({
  id: z.string().min(1).max(50),
  assignment: z.enum(CLIENT_ASSIGNMENTS),
});

export const AssignClientBody = z.strictObject({ userId: z.cuid('Invalid user ID').nullable() }).openapi('AssignClientRequest');

export const BulkAssignBody = z
  .strictObject({
    clientIds: bulkIds,
    userId: z.cuid('Invalid user ID').nullable(),
    assignment: z.enum(CLIENT_ASSIGNMENTS).default('general'),
    dryRun,
  })
  .openapi('BulkAssignRequest');

export const ChaseTeamBody = z.strictObject({ userIds: z.array(z.cuid('Invalid user ID')).max(50) });

export const BulkChaseTeamBody = ChaseTeamBody.extend({ clientIds: bulkIds, dryRun });

export const BulkClientsBody = z.strictObject({ clientIds: bulkIds, dryRun });

/** Money is exact text in the database and a number in answers. */
export function presentClient(row: ClientRow): z.infer<typeof ClientSchema> {
  return { ...row, annualTurnover: row.annualTurnover === null ? null : Number(row.annualTurnover) };
}

/** The fields of a form with what follows for flags and their dates. Throws VALIDATION_FAILED; `today` is the date in London. */
export function withWorkDates<Fields extends WorkDates>(fields: Fields, today: IsoDate): Fields & WorkDates {
  const found = workDates(fields, today);
  if ('dates' in found) return { ...fields, ...found.dates };
  throw new ApiError('VALIDATION_FAILED', found.problems[0]?.message ?? 'Invalid', found.problems);
}

/** Throws VALIDATION_FAILED where the fields that a client would have do not fit together. */
export function requireFittingFields(client: SomeDetails): void {
  const problems = problemsOf(client);
  const [first] = problems;
  if (first) throw new ApiError('VALIDATION_FAILED', first.message, problems);
}

type SomeDetails = Partial<{ [Field in keyof ClientDetails]: ClientDetails[Field] | undefined }>;

function problemsOf(client: SomeDetails): ReturnType<typeof clientProblems> {
  return clientProblems({
    companyType: client.companyType ?? 'LIMITED_COMPANY',
    isVatEnabled: client.isVatEnabled ?? false,
    vatFrequency: client.vatFrequency ?? null,
    vatQuarterGroup: client.vatQuarterGroup ?? null,
    vatScheme: client.vatScheme ?? null,
    vatRegistrationDate: client.vatRegistrationDate ?? null,
    vatDeregistrationDate: client.vatDeregistrationDate ?? null,
    incorporationDate: client.incorporationDate ?? null,
    cessationDate: client.cessationDate ?? null,
  });
}
