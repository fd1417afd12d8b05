import type { IsoDate } from '../calendar/dates';
import { addDays, addMonths, endOfMonth } from '../calendar/dates';
import { Answer } from './answer';
import type { CompanyAddress, CompanyFields, CompanyPerson, CompanyReading, StatutoryDate } from './company';

const ADDRESS_LINES = [
  'premises',
  'address_line_1',
  'address_line_2',
  'locality',
  'region',
  'postal_code',
  'country',
] as const satisfies (keyof CompanyAddress)[];
const OFFICER_TEXTS = ['name', 'officer_role', 'nationality', 'occupation', 'country_of_residence'];
const CONTROLLER_TEXTS = ['name', 'kind', 'nationality', 'country_of_residence'];
const MOST_PEOPLE = 500;
const MOST_CODES = 20;

/** Registered at Companies House without accounts of a limited company to deliver there (Companies Act 2006; SI 2008/569). */
const NOT_LIMITED: ReadonlySet<string> = new Set([
  'limited-partnership',
  'scottish-partnership',
  'oversea-company',
  'registered-overseas-entity',
  'uk-establishment',
  'royal-charter',
  'unregistered-company',
]);

/** What Companies House answered for one company; null for a list that has nobody. */
export interface CompanyAnswers {
  profile: unknown;
  officers: unknown;
  personsWithSignificantControl: unknown;
}

/**
 * Reads the answers for a company, which was asked for by its number, into the fields of the Client model. Whatever is missing or odd
 * is left out. Undefined where the profile is none at all, or another company's.
 */
export function readCompany(companyNumber: string, answers: CompanyAnswers): CompanyReading | undefined {
  const odd: string[] = [];
  const profile = Answer.of(answers.profile, '', odd);
  if (!profile || (profile.text('company_number') ?? companyNumber).toUpperCase() !== companyNumber) return undefined;
  const type = profile.text('type');
  const incorporationDate = profile.date('date_of_creation');
  const cessationDate = profile.date('date_of_cessation');
  const isCessationPossible = !(cessationDate && incorporationDate && cessationDate < incorporationDate);
  if (!isCessationPossible) profile.note('date_of_cessation');
  const companyStatus = profile.text('company_status');
  // Companies House leaves out what a company has no more: beside a status that says so.
  const none = (name: string): null | undefined => (companyStatus !== undefined && profile.lacks(name) ? null : undefined);
  return {
    companyNumber,
    companyType: type !== undefined && NOT_LIMITED.has(type) ? 'NON_LIMITED_COMPANY' : 'LIMITED_COMPANY',
    isCorporationTaxPayer: type !== 'llp',
    fields: known<CompanyFields>({
      companyName: profile.text('company_name'),
      companyStatus,
      companyStatusDetail: profile.text('company_status_detail') ?? none('company_status_detail'),
      incorporationDate,
      cessationDate: isCessationPossible ? (cessationDate ?? none('date_of_cessation')) : undefined,
      registeredOfficeAddress: readAddress(profile.block('registered_office_address')),
      sicCodes: profile.texts('sic_codes', MOST_CODES),
      jurisdiction: profile.text('jurisdiction'),
      hasBeenLiquidated: profile.flag('has_been_liquidated'),
      hasCharges: profile.flag('has_charges'),
      hasInsolvencyHistory: profile.flag('has_insolvency_history'),
      officers: readPeople(answers.officers, 'officers', OFFICER_TEXTS, ['appointed_on', 'resigned_on'], odd),
      personsWithSignificantControl: readPeople(
        answers.personsWithSignificantControl,
        'personsWithSignificantControl',
        CONTROLLER_TEXTS,
        ['notified_on', 'ceased_on'],
        odd,
      ),
      ...statutoryDates(profile, incorporationDate),
    }),
    odd,
  };
}

/** The newer block of the next accounts counts before the older fields beside it, and those before the accounting reference date. */
function statutoryDates(profile: Answer, incorporationDate: IsoDate | undefined): Record<StatutoryDate, IsoDate | undefined> {
  const accounts = profile.block('accounts');
  const next = accounts.block('next_accounts');
  const statement = profile.block('confirmation_statement');
  const periodStart = next.date('period_start_on');
  const isFirst = periodStart === undefined || periodStart === incorporationDate;
  const lastAccountsMadeUpTo =
    accounts.block('last_accounts').date('made_up_to') ?? (isFirst ? undefined : addDays(periodStart, -1));
  return {
    nextYearEnd:
      next.date('period_end_on') ??
      accounts.date('next_made_up_to') ??
      nextReferenceDate(accounts.block('accounting_reference_date'), lastAccountsMadeUpTo),
    nextAccountsDue: next.date('due_on') ?? accounts.date('next_due'),
    lastAccountsMadeUpTo,
    nextConfirmationDue: statement.date('next_due'),
    lastConfirmationMadeUpTo: statement.date('last_made_up_to'),
  };
}

/** The accounting reference date that follows the last accounts; the end of February in leap years as well (Companies Act 2006 s.390). */
function nextReferenceDate(reference: Answer, lastAccounts: IsoDate | undefined): IsoDate | undefined {
  const day = reference.wholeNumber('day', 1, 31);
  const month = reference.wholeNumber('month', 1, 12);
  if (day === undefined || month === undefined || lastAccounts === undefined) return undefined;
  const dateIn = (year: number): IsoDate => {
    const first = `${year}-${String(month).padStart(2, '0')}-01`;
    const [last, date] = [endOfMonth(first), addDays(first, day - 1)];
    return date > last || (month === 2 && day >= 28) ? last : date;
  };
  const year = Number(lastAccounts.slice(0, 4));
  const following = [dateIn(year), dateIn(year + 1)].find((date) => date > lastAccounts);
  return following ?? addMonths(lastAccounts, 12);
}

function readAddress(block: Answer): CompanyAddress | undefined {
  const address = known<CompanyAddress>(Object.fromEntries(ADDRESS_LINES.map((line) => [line, block.text(line)])));
  return Object.keys(address).length > 0 ? address : undefined;
}

/** Nobody is known where there is no answer at all; an answer without items has nobody. */
function readPeople(body: unknown, path: string, texts: string[], dates: string[], odd: string[]): CompanyPerson[] | undefined {
  if (body === null || body === undefined) return undefined;
  const answer = Answer.of(body, `${path}.`, odd);
  if (!answer) odd.push(path);
  return answer?.blocks('items', MOST_PEOPLE)?.map((person) => {
    const birth = person.block('date_of_birth');
    const born = known<{ month: number; year: number }>({
      month: birth.wholeNumber('month', 1, 12),
      year: birth.wholeNumber('year', 1800, 2200),
    });
    return known<CompanyPerson>({
      ...Object.fromEntries(texts.map((name) => [name, person.text(name)])),
      ...Object.fromEntries(dates.map((name) => [name, person.date(name)])),
      natures_of_control: person.texts('natures_of_control', MOST_CODES),
      address: readAddress(person.block('address')),
      date_of_birth: Object.keys(born).length > 0 ? born : undefined,
    });
  });
}

/** What of these fields has a value. */
function known<Fields extends object>(fields: { [Name in keyof Fields]?: Fields[Name] | undefined }): Partial<Fields> {
  const result: Partial<Fields> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined) result[name] = value;
  }
  return result;
}
