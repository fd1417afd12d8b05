import type { Random } from './random';

/** Numbers from 1 to the range are spread over it without repeating: the step shares no factor with the range. */
function spread(seed: number, index: number, range: number): number {
  return 1 + ((seed * 7_368_787 + index * 61_681) % range);
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

/** A company number of England and Wales, or of Scotland; each index has another one, up to 800,000 in Scotland and 15 million elsewhere. */
export function companyNumber(seed: number, index: number, isScottish: boolean): string {
  return isScottish ? `SC${digits(spread(seed, index, 800_000), 6)}` : digits(spread(seed, index, 15_000_000), 8);
}

/** A VAT number whose last two digits check the seven before them, by the older of HMRC's two ways (mod 97). */
export function vatNumber(random: Random): string {
  const number = digits(random.integer(1_000_000, 9_999_999), 7);
  const weighted = number.split('').reduce((sum, digit, place) => sum + Number(digit) * (8 - place), 0);
  return `GB${number}${digits((97 - (weighted % 97)) % 97, 2)}`;
}

const UTR_WEIGHTS = [6, 7, 8, 9, 10, 5, 4, 3, 2];
const UTR_CHECK_DIGITS = '21987654321';

/** A Unique Taxpayer Reference; its first digit checks the nine behind it (mod 11). */
export function taxpayerReference(random: Random): string {
  const number = digits(random.integer(0, 999_999_999), 9);
  const weighted = number.split('').reduce((sum, digit, place) => sum + Number(digit) * (UTR_WEIGHTS[place] ?? 0), 0);
  return `${UTR_CHECK_DIGITS.charAt(weighted % 11)}${number}`;
}

/** A National Insurance number with a prefix that is in use. */
export function nationalInsuranceNumber(random: Random): string {
  const prefix = random.pick(['AB', 'CE', 'EK', 'HJ', 'JM', 'LR', 'NW', 'PX', 'RA', 'SC', 'TW', 'WE', 'YS']);
  return `${prefix}${digits(random.integer(0, 999_999), 6)}${random.letters('ABCD', 1)}`;
}

/** The second half of a postcode; it never holds C, I, K, M, O or V. */
export function inwardCode(random: Random): string {
  return `${random.integer(1, 9)}${random.letters('ABDEFGHJLNPQRSTUWXYZ', 2)}`;
}
