import * as fc from 'fast-check';
import { normaliseCompanyNumber } from '../../../domain/uk/companyNumber';
import { isNationalInsuranceNumber, isTaxpayerReference } from '../../../domain/uk/personalNumbers';
import { checkVatNumber, isVatNumberFormat } from '../../../domain/uk/vatNumber';

const PREFIXES =
  'SC NI R0 OC SO NC LP SL NL FC SF NF BR OE CE CS AC SA NA SE GE GS GN IC SI RC SR NR ZC SZ NZ PC FE SG IP SP NP RS NO'.split(
    ' ',
  );

describe('a company number', () => {
  it.each(PREFIXES)('with the prefix %s is known in any case, with blanks, and short', (prefix) => {
    expect(normaliseCompanyNumber(`${prefix}123456`)).toBe(`${prefix}123456`);
    expect(normaliseCompanyNumber(` ${prefix.toLowerCase()} 123 456 `)).toBe(`${prefix}123456`);
    expect(normaliseCompanyNumber(`${prefix}42`)).toBe(`${prefix}000042`);
  });

  it.each([
    ['12345678', '12345678'],
    ['00445790', '00445790'],
    ['445790', '00445790'],
    ['1', '00000001'],
    [' 0044 5790\t', '00445790'],
    ['IP00525R', 'IP00525R'],
    ['ip525r', 'IP00525R'],
    ['SP1234RS', 'SP1234RS'],
    ['NP00012A', 'NP00012A'],
    ['RS00712S', 'RS00712S'],
  ])('%j is %s', (value, expected) => {
    expect(normaliseCompanyNumber(value)).toBe(expected);
  });

  it.each([
    '',
    '   ',
    'SC',
    '123456789',
    'SC1234567',
    'SC12345678',
    'A123456',
    'ZZ123456',
    'XX123456',
    '00000000',
    'SC000000',
    '1234567A',
    'SC12345R',
    'IP012345R',
    '12-34567',
    '12345.78',
    '-1234567',
    'GB123456789',
    '12345678\u0000',
    '１２３４５６７８',
  ])('cannot be %j', (value) => {
    expect(normaliseCompanyNumber(value)).toBeNull();
  });

  it('once normalised stays as it is', () => {
    const values = fc
      .tuple(fc.constantFrom('', ...PREFIXES), fc.integer({ min: 1, max: 999_999 }))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(values, (value) => {
        const normalised = normaliseCompanyNumber(value);
        expect(normalised).toHaveLength(8);
        expect(normaliseCompanyNumber(normalised ?? '')).toBe(normalised);
      }),
    );
  });

  it('is never found in any odd text, nor is an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const normalised = normaliseCompanyNumber(value);
        expect(normalised === null || normalised.length === 8).toBe(true);
      }),
    );
  });
});

describe('the form of a VAT number', () => {
  it.each([
    'GB980780684',
    '980780684',
    'gb980780684',
    ' GB 980 7806 84 ',
    'GB980780684001',
    'XI980780684',
    'xi 980780684',
    'XI980780684001',
    'GBGD001',
    'GBGD499',
    'GBHA500',
    'GBHA999',
    'XIGD000',
  ])('is that of %j', (value) => {
    expect(isVatNumberFormat(value)).toBe(true);
  });

  it.each([
    '',
    'GB',
    'GB12345678',
    'GB1234567890',
    'GB98078068A',
    'GBGD500',
    'GBHA499',
    'GBHA1000',
    'FR980780684',
    'GBXI980780684',
    'IE1234567T',
    'GB9807806840012',
  ])('is not that of %j', (value) => {
    expect(isVatNumberFormat(value)).toBe(false);
  });
});

describe('the check digits of a VAT number', () => {
  it.each([
    ['101747696', true, false],
    // HMRC's own examples: 101747641 is 101747696 by the newer way.
    ['101747641', false, true],
    ['GB101747696', true, false],
    ['gb 101 7476 96', true, false],
    ['XI980780684', true, false],
    ['GB980780684001', true, false],
    ['100195075', false, true],
    ['000000097', true, false],
    ['000000042', false, true],
    ['123456789', false, false],
    ['GB123456789', false, false],
    ['000000000', false, false],
    ['101747697', false, false],
    ['12345678', false, false],
    ['1017476967', false, false],
    ['GBGD001', false, false],
    ['', false, false],
  ])('of %j: modulus 97 %s, modulus 9755 %s', (vrn, mod97, mod9755) => {
    expect(checkVatNumber(vrn)).toEqual({ mod97, mod9755, valid: mod97 || mod9755 });
  });

  it('are 00 to 96 or, for seven zeros, 97: never more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), fc.constantFrom('97', '98', '99'), (digits, check) => {
        expect(checkVatNumber(`${String(digits).padStart(7, '0')}${check}`).valid).toBe(false);
      }),
    );
  });

  it('fit exactly one of a hundred in each way', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999 }), (digits) => {
        const all = Array.from({ length: 100 }, (_, check) =>
          checkVatNumber(`${String(digits).padStart(7, '0')}${String(check).padStart(2, '0')}`),
        );
        expect(all.filter(({ mod97 }) => mod97)).toHaveLength(1);
        expect(all.filter(({ mod9755 }) => mod9755)).toHaveLength(1);
      }),
    );
  });
});

describe('a taxpayer reference', () => {
  it.each([
    '2234567890',
    '2234567890K',
    'K2234567890',
    'k2234567890',
    '1097172564k',
    ' 22345 67890 ',
    '2234567890 K',
    '2108834503',
    '1955839661',
  ])('is %j', (value) => {
    expect(isTaxpayerReference(value)).toBe(true);
  });

  it.each([
    '',
    'K',
    '123456',
    '1234567890',
    '1234567890K',
    '2234567890E',
    'K2234567890K',
    'KK2234567890',
    '22345678901',
    '223456789O',
    '5550000621',
  ])('is not %j', (value) => {
    expect(isTaxpayerReference(value)).toBe(false);
  });
});

describe('a National Insurance number', () => {
  it.each(['AB123456C', 'ab123456c', 'AB 12 34 56 C', ' AB123456D ', 'AB123456', 'AA111111A', 'JG103759A', 'OA123456B'])(
    'is %j',
    (value) => {
      expect(isNationalInsuranceNumber(value)).toBe(true);
    },
  );

  it.each([
    '',
    'AB12345C',
    'AB1234567C',
    'AB123456E',
    'AB123456CD',
    'A1123456C',
    '12123456C',
    'AO123456C',
    'DA123456C',
    'FA123456C',
    'IA123456C',
    'QA123456C',
    'UA123456C',
    'VA123456C',
    'AD123456C',
    'AF123456C',
    'AI123456C',
    'AQ123456C',
    'AU123456C',
    'AV123456C',
    'BG123456C',
    'GB123456C',
    'KN123456C',
    'NK123456C',
    'NT123456C',
    'TN123456C',
    'ZZ123456C',
  ])('is not %j', (value) => {
    expect(isNationalInsuranceNumber(value)).toBe(false);
  });
});

it('lets no text make a check fail', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      expect(typeof isTaxpayerReference(value)).toBe('boolean');
      expect(typeof isNationalInsuranceNumber(value)).toBe('boolean');
      expect(typeof isVatNumberFormat(value)).toBe('boolean');
      expect(checkVatNumber(value).valid).toBe(checkVatNumber(value).mod97 || checkVatNumber(value).mod9755);
    }),
  );
});
