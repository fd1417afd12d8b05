import { MONTHS } from '../../domain/calendar/dates';
import type { VatQuarterGroup } from '../../domain/clients/clientFields';
import { COMPANY_TYPES, VAT_FREQUENCIES, VAT_QUARTER_GROUPS } from '../../domain/clients/clientFields';
import { VAT_GROUPS } from '../../domain/uk/vatPeriods';
import { actionWords } from '../components/activity';
import type { FormFields } from '../formFields';

export const COMPANY_TYPE_LABELS = { LIMITED_COMPANY: 'Limited company or LLP', NON_LIMITED_COMPANY: 'Not limited' } as const;

/** A field of a client as its form shows it; which values it takes is the API's to say. */
export interface ClientField {
  name: string;
  label: string;
  type: 'text' | 'email' | 'tel' | 'url' | 'date' | 'number' | 'flag' | 'choice' | 'notes';
  options?: readonly { value: string; label: string }[];
  required?: boolean;
  hint?: string;
}

const choice = (name: string, label: string, values: readonly string[]): ClientField => ({
  name,
  label,
  type: 'choice',
  options: values.map((value) => ({ value, label: value })),
});
const text = (name: string, label: string, hint?: string): ClientField => ({
  name,
  label,
  type: 'text',
  ...(hint ? { hint } : {}),
});
const date = (name: string, label: string): ClientField => ({ name, label, type: 'date' });
const quarterEnds = (group: VatQuarterGroup): string =>
  VAT_GROUPS[group].quarterEndMonths.map((month) => MONTHS[month - 1]).join(', ');

/** The form of a client, part by part. */
export const CLIENT_FIELDS: readonly { title: string; fields: readonly ClientField[] }[] = [
  {
    title: 'Company and contact',
    fields: [
      { ...text('companyName', 'Name'), required: true },
      {
        name: 'companyType',
        label: 'Form',
        type: 'choice',
        required: true,
        options: COMPANY_TYPES.map((value) => ({ value, label: COMPANY_TYPE_LABELS[value] })),
      },
      text('companyNumber', 'Company number', 'As at Companies House, like 09990001.'),
      { ...text('contactName', 'Contact'), required: true },
      { name: 'contactEmail', label: 'E-mail', type: 'email', required: true },
      { name: 'contactPhone', label: 'Phone', type: 'tel' },
      { name: 'website', label: 'Website', type: 'url' },
    ],
  },
  {
    title: 'VAT',
    fields: [
      { name: 'isVatEnabled', label: 'We file its VAT returns', type: 'flag' },
      text('vatNumber', 'VAT number', 'Like GB123456789.'),
      choice('vatFrequency', 'How often', VAT_FREQUENCIES),
      {
        ...choice('vatQuarterGroup', 'Quarter group', VAT_QUARTER_GROUPS),
        options: VAT_QUARTER_GROUPS.map((value) => ({ value, label: `${value}: ${quarterEnds(value)}` })),
        hint: 'The months in which its quarters end. Quarterly returns need one.',
      },
      text('vatScheme', 'Scheme'),
      date('vatRegistrationDate', 'Registered since'),
      date('vatDeregistrationDate', 'Registered until'),
    ],
  },
  {
    title: 'Accounts and dates',
    fields: [
      date('incorporationDate', 'Incorporated'),
      date('nextYearEnd', 'Next year end'),
      date('lastAccountsMadeUpTo', 'Last accounts made up to'),
      date('nextAccountsDue', 'Next accounts due'),
      date('nextConfirmationDue', 'Confirmation statement due'),
    ],
  },
  {
    title: 'Business',
    fields: [
      text('natureOfTrade', 'Nature of trade'),
      text('utrNumber', 'UTR'),
      text('nationalInsuranceNumber', 'National Insurance number'),
      { name: 'numberOfEmployees', label: 'Employees', type: 'number' },
      { name: 'annualTurnover', label: 'Annual turnover (£)', type: 'number' },
      text('paperworkFrequency', 'How often records come'),
      text('tradingAddressLine1', 'Trading address'),
      text('tradingAddressLine2', 'Second line'),
      text('tradingAddressPostCode', 'Postcode'),
      text('tradingAddressCountry', 'Country'),
      { name: 'notes', label: 'Notes', type: 'notes' },
    ],
  },
];

const ALL_FIELDS = CLIENT_FIELDS.flatMap(({ fields }) => fields);
/** Names the hidden field that keeps what a field held when the form was opened. */
export const was = (name: string): string => `was-${name}`;

/** What of a client was filled in, for adding it. */
export function givenFields(fields: FormFields): Record<string, unknown> {
  const given = ALL_FIELDS.filter(({ name, type }) => type === 'flag' || fields.text(name) !== '');
  return Object.fromEntries(given.map((field) => [field.name, valueOf(field, fields)]));
}

/** What was changed since the form was opened: what somebody else changes meanwhile in other fields stays. */
export function changedFields(fields: FormFields): Record<string, unknown> {
  const changed = ALL_FIELDS.filter(({ name }) => fields.text(name) !== fields.text(was(name)));
  return Object.fromEntries(changed.map((field) => [field.name, valueOf(field, fields)]));
}

function valueOf({ name, type }: ClientField, fields: FormFields): unknown {
  const given = fields.text(name);
  if (type === 'flag') return given !== '';
  if (given === '') return null;
  return type === 'number' ? Number(given) : given;
}

/** A client's value as its form shows it. */
export function shownValue(client: Record<string, unknown>, name: string): string {
  const value = client[name];
  if (value === true) return 'true';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** What people call a value of a closed list. */
export function choiceLabel(value: string): string {
  return new Map(Object.entries(COMPANY_TYPE_LABELS)).get(value) ?? actionWords(value);
}
