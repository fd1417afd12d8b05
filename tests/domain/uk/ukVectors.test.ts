import { checkVector } from '../../../commands/checkVector';
import vectors from './ukVectors.json';

/** Worked examples with their sources; `npm run vectors -- FILE` checks others in the same way. */
it.each(vectors.map((vector) => [`${vector.rule} ${JSON.stringify(vector.input)}`, vector] as const))('%s', (_name, vector) => {
  expect(checkVector(vector)).toBeNull();
});

describe('checking a vector', () => {
  const vector = { rule: 'vat.due', input: { periodEnd: '2024-03-31' }, expected: { due: '2024-05-07' } };

  it.each([
    [
      'a date that differs',
      { ...vector, expected: { due: '2024-05-08' } },
      'expected {"due":"2024-05-08"} got {"due":"2024-05-07"}',
    ],
    ['a key that the answer lacks', { ...vector, expected: { due: '2024-05-07', weekday: 'Tue' } }, '"weekday":"Tue"} got'],
    ['a rule that it does not know', { ...vector, rule: 'vat.dew' }, 'vat.dew input {"periodEnd":"2024-03-31"}'],
    ['a rule named like a member of every object', { ...vector, rule: 'constructor' }, 'no such rule'],
    ['an input that the rule cannot take', { ...vector, input: { periodEnd: '2023-02-29' } }, 'input.periodEnd: must be a date'],
    [
      'an input that makes the rule throw',
      { rule: 'sa.deadlines', input: { taxYear: '2024-26' }, expected: {} },
      'Not a tax year',
    ],
    ['something that is no vector', 7, 'not a vector'],
  ])('fails %s with one line', (_case, given, line) => {
    const failure = checkVector(given);
    expect(failure).toContain(line);
    expect(failure).not.toContain('\n');
  });

  it('fails a list that is longer or shorter than expected', () => {
    const input = { hmrcLetter: 'C' };
    const withMonths = (quarterEndMonths: number[]): unknown => ({
      rule: 'vat.groupMapping',
      input,
      expected: { quarterEndMonths },
    });
    expect(checkVector(withMonths([3, 6, 9, 12]))).toBeNull();
    expect(checkVector(withMonths([3, 6, 9]))).not.toBeNull();
    expect(checkVector(withMonths([3, 6, 9, 12, 3]))).not.toBeNull();
  });
});
