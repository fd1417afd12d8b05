import { z } from 'zod';
import { addMonths, dayOfWeek, isIsoDate } from '../domain/calendar/dates';
import type { VatFrequency } from '../domain/clients/clientFields';
import { VAT_QUARTER_GROUPS } from '../domain/clients/clientFields';
import { accountsDue, firstAccountsDue, firstPeriodEnd, shortenedAccountsDue } from '../domain/uk/accountsDue';
import { normaliseCompanyNumber } from '../domain/uk/companyNumber';
import { reviewPeriod, reviewPeriodAfterStatement } from '../domain/uk/confirmationStatement';
import { corporationTaxPaymentDue, corporationTaxReturnDue, splitPeriodOfAccount } from '../domain/uk/corporationTax';
import { BANK_HOLIDAY_DIVISIONS, packagedBankHolidays } from '../domain/uk/packagedBankHolidays';
import { isNationalInsuranceNumber, isTaxpayerReference } from '../domain/uk/personalNumbers';
import { selfAssessmentDeadlines } from '../domain/uk/selfAssessment';
import { isAnnualAccounting, vatPeriodByLabel, vatPeriodContaining } from '../domain/uk/vat';
import type { VatConfiguration, VatPeriod } from '../domain/uk/vat';
import { checkVatNumber, isVatNumberFormat } from '../domain/uk/vatNumber';
import { hmrcPeriodKey, VAT_GROUPS, VAT_MONTHLY, vatDue } from '../domain/uk/vatPeriods';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** The simpler expression of the data models, which vectors compare with ours. */
const LEGACY_COMPANY_NUMBER = /^([A-Z]{0,2})?(\d{6,8})$/;

const IsoDate = z.string().refine(isIsoDate, 'must be a date, YYYY-MM-DD');
const Letter = z.string().toUpperCase().pipe(z.enum(VAT_QUARTER_GROUPS));
const CompanyKind = z
  .enum(['private', 'public', 'llp'])
  .default('private')
  // An LLP has the time of a private company.
  .transform((kind) => (kind === 'public' ? kind : 'private'));
const Value = z.object({ value: z.string() });

/** The names that HMRC gives a group of filers; those that a vector has must be of one group. */
const GroupNames = z.object({
  hmrcLetter: Letter.optional(),
  hmrcCode: z.string().optional(),
  hmrcStaggerNumber: z.number().optional(),
});

/** A client's VAT registration as a vector tells it; without a letter it files month by month. */
const Registration = z
  .object({
    hmrcLetter: Letter.nullish(),
    frequency: z.string().optional(),
    scheme: z.string().nullish(),
    effectiveDateOfRegistration: IsoDate.nullish(),
    effectiveDateOfCancellation: IsoDate.nullish(),
  })
  .transform(({ hmrcLetter, frequency, scheme, effectiveDateOfRegistration, effectiveDateOfCancellation }): VatConfiguration => {
    const isMonthly = frequency === undefined ? !hmrcLetter : frequency.toLowerCase() === 'monthly';
    const vatFrequency: VatFrequency = isMonthly ? 'Monthly' : 'Quarterly';
    return {
      vatFrequency,
      vatQuarterGroup: hmrcLetter ?? null,
      vatScheme: scheme ?? null,
      vatRegistrationDate: effectiveDateOfRegistration ?? null,
      vatDeregistrationDate: effectiveDateOfCancellation ?? null,
    };
  });

/** Reads a vector's input and applies the rule to it; throws for an input that the rule cannot take. */
export type VectorRule = (input: unknown) => unknown;

/** The rules by the names that vectors give them. */
export const VECTOR_RULES: Readonly<Record<string, VectorRule>> = {
  'vat.groupMapping': rule(GroupNames, groupMapping),
  'vat.quarter': rule(Registration.and(z.object({ quarterPeriod: z.string() })), ({ quarterPeriod, ...client }) =>
    withPeriodKey(vatPeriodByLabel(client, quarterPeriod)),
  ),
  'vat.due': rule(z.object({ periodEnd: IsoDate, scheme: z.string().nullish() }), ({ periodEnd, scheme }) => ({
    due: vatDue(periodEnd, isAnnualAccounting(scheme ?? null)),
  })),
  'vat.filingNotShifted': rule(z.object({ periodEnd: IsoDate, scheme: z.string().nullish() }), ({ periodEnd, scheme }) => {
    const due = vatDue(periodEnd, isAnnualAccounting(scheme ?? null));
    return { due, weekday: WEEKDAYS[dayOfWeek(due) - 1] };
  }),
  'vat.firstPeriod': rule(Registration.and(z.object({ effectiveDateOfRegistration: IsoDate })), (client) => {
    const { label, start, end, due } = known(vatPeriodContaining(client, client.effectiveDateOfRegistration));
    return { label, start, nominalEnd: end, nominalDue: due };
  }),
  'vat.finalPeriod': rule(Registration.and(z.object({ effectiveDateOfCancellation: IsoDate })), (client) => {
    const { label, start, end, due } = known(vatPeriodContaining(client, client.effectiveDateOfCancellation));
    return { label, start, end, statutoryDue: due };
  }),
  'vat.periodContaining': rule(Registration.and(z.object({ date: IsoDate })), ({ date, ...client }) =>
    withPeriodKey(vatPeriodContaining(client, date)),
  ),
  'vrn.checkDigit': rule(z.object({ vrn: z.string() }), ({ vrn }) => checkVatNumber(vrn)),
  'vrn.format': rule(Value, ({ value }) => ({ valid: isVatNumberFormat(value) })),
  'ch.periodForFiling': rule(z.object({ from: IsoDate, months: z.int() }), ({ from, months }) => ({
    ends: addMonths(from, months),
  })),
  'ch.accountsDue': rule(z.object({ accountingReferencePeriodEnd: IsoDate, companyKind: CompanyKind }), (input) => ({
    due: accountsDue(input.accountingReferencePeriodEnd, input.companyKind),
  })),
  'ch.firstAccountsDue': rule(
    z.object({ incorporated: IsoDate, firstAccountingReferencePeriodEnd: IsoDate, companyKind: CompanyKind }),
    (input) => ({ due: firstAccountsDue(input.incorporated, input.firstAccountingReferencePeriodEnd, input.companyKind) }),
  ),
  'ch.accountsDueShortened': rule(
    z.object({
      newAccountingReferencePeriodEnd: IsoDate,
      noticeDate: IsoDate,
      companyKind: CompanyKind,
      incorporated: IsoDate.nullish(),
    }),
    ({ newAccountingReferencePeriodEnd, noticeDate, companyKind, incorporated }) => ({
      due: shortenedAccountsDue(newAccountingReferencePeriodEnd, noticeDate, companyKind, incorporated),
    }),
  ),
  'ch.ardFromIncorporation': rule(z.object({ incorporated: IsoDate }), ({ incorporated }) => {
    const end = firstPeriodEnd(incorporated);
    return { firstAccountingReferencePeriodEnd: end, ardDay: Number(end.slice(8)), ardMonth: Number(end.slice(5, 7)) };
  }),
  'ch.confirmationStatement': rule(z.object({ reviewPeriodStart: IsoDate }), ({ reviewPeriodStart }) => {
    const { end, due } = reviewPeriod(reviewPeriodStart);
    return { reviewPeriodEnd: end, due };
  }),
  'ch.confirmationStatementEarly': rule(z.object({ statementConfirmationDate: IsoDate }), ({ statementConfirmationDate }) => {
    const { start, end, due } = reviewPeriodAfterStatement(statementConfirmationDate);
    return { nextReviewPeriodStart: start, reviewPeriodEnd: end, due };
  }),
  'ch.companyNumber': rule(Value, ({ value }) => {
    const normalised = normaliseCompanyNumber(value);
    return { normalised, valid: normalised !== null, legacyRegexMatches: LEGACY_COMPANY_NUMBER.test(value) };
  }),
  'ct.paymentDue': rule(z.object({ accountingPeriodEnd: IsoDate }), ({ accountingPeriodEnd }) => ({
    due: corporationTaxPaymentDue(accountingPeriodEnd),
  })),
  'ct.returnFilingDate': rule(
    z.object({
      accountingPeriodEnd: IsoDate,
      periodOfAccountStart: IsoDate.nullish(),
      periodOfAccountEnd: IsoDate.nullish(),
      noticeServed: IsoDate.nullish(),
    }),
    ({ accountingPeriodEnd, periodOfAccountStart, periodOfAccountEnd, noticeServed }) => {
      const periodOfAccount = { start: periodOfAccountStart ?? null, end: periodOfAccountEnd ?? accountingPeriodEnd };
      return { filingDate: corporationTaxReturnDue(accountingPeriodEnd, periodOfAccount, noticeServed) };
    },
  ),
  'ct.splitLongPeriod': rule(z.object({ periodOfAccountStart: IsoDate, periodOfAccountEnd: IsoDate }), (input) =>
    splitPeriodOfAccount(input.periodOfAccountStart, input.periodOfAccountEnd),
  ),
  'sa.deadlines': rule(z.object({ taxYear: z.string() }), ({ taxYear }) => selfAssessmentDeadlines(taxYear)),
  'utr.valid': rule(Value, ({ value }) => ({ valid: isTaxpayerReference(value) })),
  'nino.valid': rule(Value, ({ value }) => ({ valid: isNationalInsuranceNumber(value) })),
  bankHoliday: rule(
    z.object({ date: IsoDate, division: z.enum(BANK_HOLIDAY_DIVISIONS).default('england-and-wales') }),
    ({ date, division }) => {
      const year = Number(date.slice(0, 4));
      return { isBankHoliday: packagedBankHolidays(year, year, division).some((holiday) => holiday.date === date) };
    },
  ),
};

function rule<Input>(schema: z.ZodType<Input>, apply: (input: Input) => unknown): VectorRule {
  return (input) => {
    const parsed = schema.safeParse(input);
    if (parsed.success) return apply(parsed.data);
    throw new Error(parsed.error.issues.map(({ path, message }) => `input.${path.join('.')}: ${message}`).join('; '));
  };
}

function groupMapping(wanted: z.infer<typeof GroupNames>): unknown {
  const monthly = { frequency: 'monthly', hmrcLetter: undefined, ...VAT_MONTHLY };
  const quarterly = VAT_QUARTER_GROUPS.map((letter) => ({ frequency: 'quarterly', hmrcLetter: letter, ...VAT_GROUPS[letter] }));
  return known(
    [...quarterly, monthly].find(
      (group) =>
        (wanted.hmrcLetter ?? group.hmrcLetter) === group.hmrcLetter &&
        (wanted.hmrcCode ?? group.hmrcCode) === group.hmrcCode &&
        (wanted.hmrcStaggerNumber ?? group.hmrcStaggerNumber) === group.hmrcStaggerNumber,
    ),
  );
}

function withPeriodKey(period: VatPeriod | undefined): VatPeriod & { hmrcPeriodKey: string | undefined } {
  const found = known(period);
  return { ...found, hmrcPeriodKey: hmrcPeriodKey(found) };
}

function known<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('There is none');
  return found;
}
