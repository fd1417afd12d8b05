import { z } from '@hono/zod-openapi';
import { COMPANY_TYPES, VAT_FREQUENCIES, VAT_QUARTER_GROUPS } from '../../domain/clients/clientFields';
import { normaliseCompanyNumber } from '../../domain/uk/companyNumber';
import { isNationalInsuranceNumber, isTaxpayerReference } from '../../domain/uk/personalNumbers';
import { DateSchema } from '../schemas';

const MAX_LINE = 255;
const LARGEST_TURNOVER = 9_999_999_999_999.99;
const POSTCODE = /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i;

const line = z.string().max(MAX_LINE, `At most ${MAX_LINE} characters`);
const text = line.nullable().optional();
const date = DateSchema.nullable().optional();
const flag = z.boolean().optional();
/** The body was JSON, so whatever is in it is. */
const json = z.unknown();

/** An address or list that came from Companies House, as it is or as JSON text. */
function jsonField<T extends z.ZodType>(shape: T) {
  return z.preprocess(fromJsonText, shape.nullable().optional());
}

function fromJsonText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const postcode = z.string().regex(POSTCODE, 'Invalid UK postcode format').toUpperCase().nullable().optional();

/** A number that Companies House could have given, written as it writes it. */
export const companyNumberField = z.string().transform((value, context) => {
  const number = normaliseCompanyNumber(value);
  if (number !== null) return number;
  context.addIssue({ code: 'custom', message: 'Invalid UK company number format' });
  return z.NEVER;
});

/** The fields of a client that people fill in, with the document's limits and messages. Null takes a value away. */
export const requiredClientFields = {
  companyName: z.string().trim().min(1, 'Company name is required').max(255, 'Company name too long'),
  companyType: z.enum(COMPANY_TYPES),
  contactName: z.string().trim().min(1, 'Contact name is required').max(100, 'Contact name too long'),
  contactEmail: z.email('Invalid email format').max(320, 'Email too long').toLowerCase(),
};

export const optionalClientFields = {
  companyNumber: companyNumberField.nullable().optional(),
  companyStatus: text,
  companyStatusDetail: text,
  incorporationDate: date,
  cessationDate: date,
  registeredOfficeAddress: jsonField(z.record(z.string(), json)),
  sicCodes: jsonField(z.array(z.string().max(10)).max(20)),
  jurisdiction: text,
  hasBeenLiquidated: flag,
  hasCharges: flag,
  hasInsolvencyHistory: flag,
  officers: jsonField(z.array(json).max(500)),
  personsWithSignificantControl: jsonField(z.array(json).max(500)),
  nextAccountsDue: date,
  lastAccountsMadeUpTo: date,
  nextConfirmationDue: date,
  lastConfirmationMadeUpTo: date,
  nextYearEnd: date,
  contactPhone: z
    .string()
    .max(50, 'Phone number too long')
    .regex(/^[+]?[\d\s\-()]+$/, 'Invalid phone number format')
    .nullable()
    .optional(),
  contactFax: z
    .string()
    .max(50, 'Fax number too long')
    .regex(/^[+]?[\d\s\-()]+$/, 'Invalid fax number format')
    .nullable()
    .optional(),
  website: z
    .union([z.literal('').transform(() => null), z.url('Invalid website URL').max(500)])
    .nullable()
    .optional(),
  vatNumber: z
    .string()
    .regex(/^GB\d{9}$/, 'Invalid UK VAT number format')
    .nullable()
    .optional(),
  yearEstablished: z
    .number()
    .int()
    .min(1800, 'Year must be after 1800')
    .refine((year) => year <= new Date().getFullYear(), 'Year cannot be in the future')
    .nullable()
    .optional(),
  numberOfEmployees: z
    .number()
    .int()
    .min(0, 'Number of employees cannot be negative')
    .max(10_000_000, 'Number of employees too large')
    .nullable()
    .optional(),
  annualTurnover: z
    .number()
    .min(0, 'Annual turnover cannot be negative')
    .max(LARGEST_TURNOVER, 'Annual turnover too large')
    .multipleOf(0.01, 'Annual turnover is given to the penny')
    .nullable()
    .optional(),
  paperworkFrequency: text,
  notes: z.string().max(1000, 'Notes too long').nullable().optional(),
  isVatEnabled: flag,
  vatRegistrationDate: date,
  vatDeregistrationDate: date,
  vatFrequency: z.enum(VAT_FREQUENCIES).nullable().optional(),
  vatQuarterGroup: z.enum(VAT_QUARTER_GROUPS).nullable().optional(),
  vatScheme: text,
  natureOfTrade: text,
  nationalInsuranceNumber: z
    .string()
    .max(20)
    .refine(isNationalInsuranceNumber, 'Invalid National Insurance number')
    .nullable()
    .optional(),
  utrNumber: z.string().max(20).refine(isTaxpayerReference, 'Invalid Unique Taxpayer Reference').nullable().optional(),
  tradingAddressLine1: text,
  tradingAddressLine2: text,
  tradingAddressCountry: text,
  tradingAddressPostCode: postcode,
  residentialAddressLine1: text,
  residentialAddressLine2: text,
  residentialAddressCountry: text,
  residentialAddressPostCode: postcode,
  paperWorkReceived: flag,
  paperWorkReceivedDate: date,
  jobCompleted: flag,
  jobCompletedDate: date,
  sa100Filed: flag,
  sa100FiledDate: date,
  workStatus: text,
};
