import type { VatConfiguration } from '../../../domain/uk/vat';
import type { RegisteredFiling } from '../../../domain/uk/vatRegistrationEnds';
import { DEREGISTRATION, registrationSteps } from '../../../domain/uk/vatRegistrationEnds';

const WHOLE = { end: '2025-03-31', due: '2025-05-07' };
const CUT = { end: '2025-02-10', due: '2025-03-17' };

function group(vatDeregistrationDate: string | null): VatConfiguration {
  return {
    vatFrequency: 'Quarterly',
    vatQuarterGroup: 'C',
    vatScheme: null,
    vatRegistrationDate: '2020-01-01',
    vatDeregistrationDate,
  };
}

function filing(change: Partial<RegisteredFiling> = {}): RegisteredFiling {
  return { start: '2025-01-01', ...WHOLE, state: 'OPEN', moves: [], ...change };
}

const cut = filing({ ...CUT, moves: [{ source: DEREGISTRATION, before: WHOLE, after: CUT }] });

it('shortens the period that holds the day, cancels later ones and leaves earlier ones alone', () => {
  expect(registrationSteps(filing(), group(CUT.end), null)).toEqual([{ kind: 'MOVE', to: CUT }]);
  expect(registrationSteps(filing(), group('2024-12-31'), null)).toEqual([{ kind: 'CANCEL' }]);
  expect(registrationSteps(filing(), group('2025-03-31'), null)).toEqual([]);
  expect(registrationSteps(filing({ state: 'CLOSED' }), group('2024-12-31'), null)).toEqual([]);
});

it('gives a shortened period back, whole or as far as the new day allows', () => {
  expect(registrationSteps(cut, group(null), CUT.end)).toEqual([{ kind: 'MOVE', to: WHOLE }]);
  expect(registrationSteps(cut, group('2025-06-30'), CUT.end)).toEqual([{ kind: 'MOVE', to: WHOLE }]);
  expect(registrationSteps(cut, group('2025-03-20'), CUT.end)).toEqual([
    { kind: 'MOVE', to: { end: '2025-03-20', due: '2025-04-27' } },
  ]);
});

it('knows a period that was never a nominal one, through every date that was set', () => {
  const long = { end: '2025-04-30', due: '2025-06-07' };
  const between = { end: '2025-03-05', due: '2025-04-12' };
  const moves = [
    { source: 'STAFF', before: WHOLE, after: long },
    { source: DEREGISTRATION, before: long, after: between },
    { source: DEREGISTRATION, before: between, after: CUT },
  ];
  expect(registrationSteps(filing({ ...CUT, moves }), group(null), CUT.end)).toEqual([{ kind: 'MOVE', to: long }]);
});

it('goes by the group where the filing was opened with the final period', () => {
  expect(registrationSteps(filing(CUT), group(null), CUT.end)).toEqual([{ kind: 'MOVE', to: WHOLE }]);
});

it('leaves alone what somebody set since', () => {
  const byHand = { end: '2025-03-15', due: '2025-04-22' };
  const moves = [...cut.moves, { source: 'STAFF', before: CUT, after: byHand }];
  expect(registrationSteps(filing({ ...byHand, moves }), group(null), CUT.end)).toEqual([]);
});

it('reopens what was cancelled, shortened where the new day falls into it', () => {
  const cancelled = filing({ state: 'CANCELLED' });
  expect(registrationSteps(cancelled, group(null), '2024-11-01')).toEqual([{ kind: 'REOPEN' }]);
  expect(registrationSteps(cancelled, group(CUT.end), '2024-11-01')).toEqual([{ kind: 'REOPEN' }, { kind: 'MOVE', to: CUT }]);
  expect(registrationSteps(cancelled, group('2024-12-01'), '2024-11-01')).toEqual([]);
  expect(registrationSteps({ ...cut, state: 'CANCELLED' }, group(null), '2024-11-01')).toEqual([
    { kind: 'REOPEN' },
    { kind: 'MOVE', to: WHOLE },
  ]);
});
