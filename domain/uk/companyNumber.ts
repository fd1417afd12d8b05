/** Prefixes of Companies House numbers beside those of England and Wales, which have none. */
const PREFIXES: ReadonlySet<string> = new Set(
  [
    'SC NI R0 OC SO NC LP SL NL FC SF NF BR OE CE CS AC SA NA SE GE GS GN',
    'IC SI RC SR NR ZC SZ NZ PC FE SG IP SP NP RS NO',
  ].flatMap((line) => line.split(' ')),
);

/** Registered societies, whose numbers can end in the letters of the societies' register. */
const SOCIETY_PREFIXES: ReadonlySet<string> = new Set(['IP', 'SP', 'NP', 'RS', 'NO']);

const LENGTH = 8;

/**
 * A company number as Companies House writes it: eight characters, upper case, without blanks, the digits padded with zeros
 * (`12345` → `00012345`, `sc 1234` → `SC001234`). Null for what cannot be one: an unknown prefix, too many digits, none but zeros.
 */
export function normaliseCompanyNumber(value: string): string | null {
  const compact = value.toUpperCase().replaceAll(/\s/g, '');
  const [, prefix = '', digits = '', suffix = ''] = /^([A-Z]{2}|R0)?(\d+)([A-Z]{0,2})$/.exec(compact) ?? [];
  if (!/[1-9]/.test(digits) || !isKnown(prefix, suffix)) return null;
  const number = `${prefix}${digits.padStart(LENGTH - prefix.length - suffix.length, '0')}${suffix}`;
  return number.length === LENGTH ? number : null;
}

/** One letter behind the digits, or the RS of Scottish societies, is for societies alone: `IP00525R`. */
function isKnown(prefix: string, suffix: string): boolean {
  if (prefix !== '' && !PREFIXES.has(prefix)) return false;
  return suffix === '' || (SOCIETY_PREFIXES.has(prefix) && (suffix.length === 1 || suffix === 'RS'));
}
