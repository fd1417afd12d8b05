import { validate as validateNino } from 'stdnum/lib/cjs/gb/nino';
import { validate as validateUtr } from 'stdnum/lib/cjs/gb/utr';

/**
 * Whether a text is a Unique Taxpayer Reference: ten digits whose first checks the others; blanks and the K that HMRC writes before or
 * behind it do not count.
 */
export function isTaxpayerReference(value: string): boolean {
  const compact = value.toUpperCase().replaceAll(/\s/g, '');
  const digits = compact.startsWith('K') ? compact.slice(1) : compact.replace(/K$/, '');
  return validateUtr(digits).isValid;
}

/** Whether a text is a National Insurance number, with or without blanks and its last letter (NIM39110). */
export function isNationalInsuranceNumber(value: string): boolean {
  return validateNino(value.toUpperCase()).isValid;
}
