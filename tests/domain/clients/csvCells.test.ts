import * as fc from 'fast-check';
import { dateOfCell, flagOfCell, neutralised, numberOfCell, restored } from '../../../domain/clients/csvCells';

const RISKY = ['=1+1', '+44 20 7946 0000', '-2', '@SUM(A1)', '\t=1', '\r=1', '\n=1', "'=1", "''+1", '＝1'];

it.each(RISKY)('makes %j harmless, and reads it back', (text) => {
  expect(neutralised(text)).toBe(`'${text}`);
  expect(restored(neutralised(text))).toBe(text);
});

it('gives back every text that it has written', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom(...RISKY),
    fc.string().map((rest) => `'=${rest}`),
  );
  fc.assert(fc.property(text, (value) => restored(neutralised(value)) === value));
});

it.each([
  ["O'Neil", "O'Neil"],
  ["'tis", "'tis"],
  ['=typed by hand', '=typed by hand'],
])('leaves %j as it is', (cell, text) => {
  expect(restored(cell)).toBe(text);
});

it.each([
  ['07/05/2024', '2024-05-07'],
  ['7/5/2024', '2024-05-07'],
  [' 2024-05-07 ', '2024-05-07'],
  ['May 2024', 'May 2024'],
])('reads the date %j', (cell, date) => {
  expect(dateOfCell(cell)).toBe(date);
});

it.each([
  ['1234.5', 1234.5],
  ['1,234,567.89', 1234567.89],
  ['-3', -3],
  ['12,34', undefined],
  ['1e9', undefined],
  ['twelve', undefined],
])('reads the number %j', (cell, number) => {
  expect(numberOfCell(cell)).toBe(number);
});

it.each([
  ['TRUE', true],
  ['Yes', true],
  ['1', true],
  ['no', false],
  ['', false],
  ['maybe', undefined],
])('reads the flag %j', (cell, flag) => {
  expect(flagOfCell(cell)).toBe(flag);
});
