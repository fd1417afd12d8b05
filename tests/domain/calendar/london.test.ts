import * as fc from 'fast-check';
import { londonDateOf, londonInstant, startOfLondonDay } from '../../../domain/calendar/london';
import { dates, timesOfDay } from '../arbitraries';

/** Clocks went forward on 31 March 2024 and back on 27 October 2024. */
describe('a time of day in London', () => {
  it.each([
    ['2024-01-15', '09:00', '2024-01-15T09:00Z'],
    ['2024-07-15', '09:00', '2024-07-15T08:00Z'],
    ['2024-03-30', '09:00', '2024-03-30T09:00Z'],
    ['2024-03-31', '00:59', '2024-03-31T00:59Z'],
    ['2024-03-31', '02:00', '2024-03-31T01:00Z'],
    ['2024-03-31', '09:00', '2024-03-31T08:00Z'],
    ['2024-10-26', '18:00', '2024-10-26T17:00Z'],
    ['2024-10-27', '00:30', '2024-10-26T23:30Z'],
    ['2024-10-27', '02:00', '2024-10-27T02:00Z'],
    ['2024-10-27', '09:00', '2024-10-27T09:00Z'],
    ['2025-03-30', '09:00', '2025-03-30T08:00Z'],
    ['2025-10-26', '09:00', '2025-10-26T09:00Z'],
  ])('%s %s is %s', (date, time, instant) => {
    expect(londonInstant(date, time)).toBe(Date.parse(instant));
  });

  it('moves forward where the March change skips it', () => {
    expect(londonInstant('2024-03-31', '01:30')).toBe(Date.parse('2024-03-31T01:30Z'));
  });

  it('is the first of the two where the October change repeats it', () => {
    expect(londonInstant('2024-10-27', '01:30')).toBe(Date.parse('2024-10-27T00:30Z'));
  });

  it('begins the day at midnight of London', () => {
    expect(startOfLondonDay('2024-06-01')).toBe(Date.parse('2024-05-31T23:00Z'));
    expect(startOfLondonDay('2024-12-01')).toBe(Date.parse('2024-12-01T00:00Z'));
  });
});

describe('the date in London', () => {
  it.each([
    ['2024-06-30T22:59:59.999Z', '2024-06-30'],
    ['2024-06-30T23:00:00.000Z', '2024-07-01'],
    ['2024-12-31T23:59:59.999Z', '2024-12-31'],
    ['2024-03-30T23:59:59.999Z', '2024-03-30'],
    ['2024-03-31T00:00:00.000Z', '2024-03-31'],
    ['2024-03-31T22:59:59.999Z', '2024-03-31'],
    ['2024-03-31T23:00:00.000Z', '2024-04-01'],
    ['2024-10-26T23:00:00.000Z', '2024-10-27'],
    ['2024-10-27T23:59:59.999Z', '2024-10-27'],
    ['2024-09-30T23:30:00.000Z', '2024-10-01'],
    ['2024-10-31T23:30:00.000Z', '2024-10-31'],
  ])('at %s is %s', (instant, date) => {
    expect(londonDateOf(Date.parse(instant))).toBe(date);
  });

  it('is the date of the time of day that it was made from', () => {
    fc.assert(
      fc.property(dates(), timesOfDay(), (date, time) => {
        expect(londonDateOf(londonInstant(date, time))).toBe(date);
      }),
    );
  });

  it('agrees with the time zone data of the platform', () => {
    const platform = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', dateStyle: 'short' });
    fc.assert(
      fc.property(fc.integer({ min: Date.parse('1990-01-01'), max: Date.parse('2036-12-31') }), (instant) => {
        expect(londonDateOf(instant)).toBe(platform.format(instant));
      }),
    );
  });
});
