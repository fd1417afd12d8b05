import { z } from '@hono/zod-openapi';
import { COMPANY_TYPES } from '../../domain/clients/clientFields';
import { companyNumberField, optionalClientFields, requiredClientFields } from '../clients/fields';
import { pageFields } from '../schemas';

export const CompanySearchQuery = z.strictObject({
  q: z.string().trim().min(1, 'Say what to search for').max(200, 'Search text too long'),
  ...pageFields,
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const CompanyNumberParams = z.strictObject({ number: companyNumberField });

export const FoundCompanySchema = z
  .object({
    companyNumber: z.string(),
    companyName: z.string().nullable(),
    companyStatus: z.string().nullable(),
    type: z.string().nullable(),
    incorporationDate: z.string().nullable(),
    address: z.string().nullable(),
  })
  .openapi('FoundCompany');

/** The fields of a client as Companies House fills them in; one that it does not tell is left out. */
export const CompanySchema = z
  .looseObject({ companyNumber: z.string(), companyType: z.enum(COMPANY_TYPES), companyName: z.string().optional() })
  .openapi('Company');

/** What a client needs besides what Companies House tells; what is given wins. */
export const CreateFromCompaniesHouseBody = z
  .strictObject({
    ...optionalClientFields,
    companyNumber: companyNumberField,
    companyName: requiredClientFields.companyName.optional(),
    companyType: requiredClientFields.companyType.optional(),
    contactName: requiredClientFields.contactName,
    contactEmail: requiredClientFields.contactEmail,
  })
  .openapi('CreateClientFromCompaniesHouseRequest');
