/** Which of HMRC's two ways of checking a VAT number holds; a number in use passes one of them. */
export interface VatNumberCheck {
  mod97: boolean;
  mod9755: boolean;
  valid: boolean;
}

const WEIGHTS = [8, 7, 6, 5, 4, 3, 2];

/**
 * Checks the last two of nine digits against the seven before them (HMRC's reference checker); `GB`, `XI`, blanks and the three
 * digits of a branch are left aside. A failed check is worth a warning, no more: HMRC's own test numbers fail it.
 */
export function checkVatNumber(value: string): VatNumberCheck {
  const [, digits = '', check = ''] = /^(\d{7})(\d{2})(?:\d{3})?$/.exec(withoutPrefix(value)) ?? [];
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(digits.charAt(place)), 0);
  const mod97 = check !== '' && Number(check) === checkDigits(sum);
  const mod9755 = check !== '' && Number(check) === checkDigits(sum + 55);
  return { mod97, mod9755, valid: mod97 || mod9755 };
}

/** What is missing to a multiple of 97: 00 to 96, and 97 for seven zeros alone. */
function checkDigits(sum: number): number {
  return sum === 0 ? 97 : (97 - (sum % 97)) % 97;
}

/**
 * Whether a text has the form of a United Kingdom VAT number: nine digits, twelve for a branch, or GD000 to GD499 (government) and
 * HA500 to HA999 (health authorities), with or without GB or XI before them.
 */
export function isVatNumberFormat(value: string): boolean {
  return /^(\d{9}|\d{12}|GD[0-4]\d{2}|HA[5-9]\d{2})$/.test(withoutPrefix(value));
}

function withoutPrefix(value: string): string {
  return value
    .toUpperCase()
    .replaceAll(/[\s.-]/g, '')
    .replace(/^(GB|XI)/, '');
}
