import { currentReviewPeriod, reviewPeriod, reviewPeriodAfterStatement } from '../../../domain/uk/confirmationStatement';

describe('a confirmation statement', () => {
  it.each([
    ['2024-04-01', '2025-03-31', '2025-04-14'],
    ['2023-03-01', '2024-02-29', '2024-03-14'],
    ['2024-02-29', '2025-02-28', '2025-03-14'],
    ['2024-12-25', '2025-12-24', '2026-01-07'],
  ])('for the year from %s to %s is due on %s', (start, end, due) => {
    expect(reviewPeriod(start)).toEqual({ start, end, due });
  });

  it('made early begins the next review period on the day after', () => {
    expect(reviewPeriodAfterStatement('2025-01-20')).toEqual({ start: '2025-01-21', end: '2026-01-20', due: '2026-02-03' });
  });

  it.each([
    ['2025-04-14', '2025-04-14'],
    ['2025-04-15', '2026-04-14'],
    ['2024-04-01', '2025-04-14'],
    ['2030-01-01', '2030-04-14'],
  ])('is on %s the one due on %s', (today, due) => {
    expect(currentReviewPeriod('2024-04-01', today).due).toBe(due);
  });
});
