import { firstSendDate, fireInstant, isWithinSendWindow, sendInstant } from '../../../domain/chasing/sendWindow';
import { at, rulesOf } from './exampleChasing';

const rules = rulesOf('VAT');

describe('the send window of nine to six on working days', () => {
  it.each([
    ['2024-04-10 08:59', false, '2024-04-10'],
    ['2024-04-10 09:00', true, '2024-04-10'],
    ['2024-04-10 18:00', true, '2024-04-10'],
    ['2024-04-10 18:01', false, '2024-04-11'],
    // A Friday evening, a Saturday, a bank holiday Monday.
    ['2024-05-03 18:01', false, '2024-05-07'],
    ['2024-05-04 12:00', false, '2024-05-07'],
    ['2024-05-06 12:00', false, '2024-05-07'],
    ['2024-12-24 19:00', false, '2024-12-27'],
  ])('at %s is open: %s, and a message can go out on %s', (now, isOpen, date) => {
    expect(isWithinSendWindow(rules, at(now))).toBe(isOpen);
    expect(firstSendDate(rules, at(now))).toBe(date);
  });

  it.each([
    // The clocks go forward on 31 March 2024 and back on 27 October 2024.
    ['2024-03-28', '2024-03-28T09:00:00Z'],
    ['2024-04-02', '2024-04-02T08:00:00Z'],
    ['2024-10-25', '2024-10-25T08:00:00Z'],
    ['2024-10-28', '2024-10-28T09:00:00Z'],
  ])('opens on %s at %s', (date, instant) => {
    expect(sendInstant(rules, date)).toBe(Date.parse(instant));
    expect(isWithinSendWindow(rules, Date.parse(instant) - 1)).toBe(false);
    expect(isWithinSendWindow(rules, Date.parse(instant))).toBe(true);
  });

  it.each([
    ['2024-03-31', '2024-03-31T08:00:00Z', '2024-03-31T17:00:00Z'],
    ['2024-10-27', '2024-10-27T09:00:00Z', '2024-10-27T18:00:00Z'],
  ])('follows the clocks on %s itself, where weekends count', (date, opens, closes) => {
    const everyDay = rulesOf('VAT', { workingDaysOnly: false });
    expect(sendInstant(everyDay, date)).toBe(Date.parse(opens));
    expect(isWithinSendWindow(everyDay, Date.parse(closes))).toBe(true);
    expect(isWithinSendWindow(everyDay, Date.parse(closes) + 1)).toBe(false);
  });

  it('lasts until midnight where the last time is not after the first', () => {
    const late = rulesOf('VAT', { sendTime: '20:00', lastSendTime: '06:00' });
    expect(isWithinSendWindow(late, at('2024-04-10 19:59'))).toBe(false);
    expect(isWithinSendWindow(late, at('2024-04-10 20:00'))).toBe(true);
    expect(isWithinSendWindow(late, at('2024-04-11 00:00') - 1)).toBe(true);
    expect(isWithinSendWindow(late, at('2024-04-11 00:00'))).toBe(false);
    expect(firstSendDate(late, at('2024-04-10 23:59'))).toBe('2024-04-10');
  });
});

describe('a message', () => {
  const planned = at('2024-04-10 09:00');

  it.each([
    // In time, late within the window, too early and too late in a day, on days off.
    ['2024-04-09 23:00', '2024-04-10 09:00'],
    ['2024-04-10 09:00', '2024-04-10 09:00'],
    ['2024-04-10 15:30', '2024-04-10 15:30'],
    ['2024-04-10 18:30', '2024-04-11 09:00'],
    ['2024-04-11 07:00', '2024-04-11 09:00'],
    ['2024-04-12 20:00', '2024-04-15 09:00'],
    ['2024-04-13 11:00', '2024-04-15 09:00'],
    ['2024-05-04 11:00', '2024-05-07 09:00'],
  ])('planned for 10 April at nine, looked at on %s, goes out on %s', (now, expected) => {
    expect(fireInstant(rules, planned, at(now))).toBe(at(expected));
  });

  it('that is late goes out at the right hour after the clocks have changed', () => {
    const late = at('2024-10-25 09:00');
    expect(fireInstant(rules, late, at('2024-10-26 12:00'))).toBe(Date.parse('2024-10-28T09:00:00Z'));
    expect(fireInstant(rules, at('2024-03-28 09:00'), at('2024-03-28 19:00'))).toBe(Date.parse('2024-04-02T08:00:00Z'));
  });
});
