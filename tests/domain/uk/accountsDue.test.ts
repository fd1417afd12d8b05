import { accountsDue, firstAccountsDue, firstPeriodEnd, shortenedAccountsDue } from '../../../domain/uk/accountsDue';

describe('accounts are due', () => {
  it.each([
    ['2024-12-31', '2025-09-30'],
    ['2024-03-31', '2024-12-31'],
    ['2024-04-30', '2025-01-31'],
    ['2024-06-30', '2025-03-31'],
    ['2025-02-28', '2025-11-30'],
    ['2024-02-28', '2024-11-28'],
    ['2024-05-31', '2025-02-28'],
    ['2023-05-31', '2024-02-29'],
    ['2023-05-30', '2024-02-29'],
    ['2024-04-05', '2025-01-05'],
  ])('nine months after %s, on %s', (end, due) => {
    expect(accountsDue(end)).toBe(due);
  });

  it.each([
    ['2024-12-31', '2025-06-30'],
    ['2024-08-31', '2025-02-28'],
    ['2024-08-30', '2025-02-28'],
    ['2024-09-30', '2025-03-31'],
  ])('six months after %s of a public company, on %s', (end, due) => {
    expect(accountsDue(end, 'public')).toBe(due);
  });
});

describe('first accounts', () => {
  it.each([
    ['2024-05-15', '2025-05-31'],
    ['2024-02-29', '2025-02-28'],
    ['2023-02-10', '2024-02-29'],
    ['2024-12-31', '2025-12-31'],
  ])('of a company incorporated on %s end on %s', (incorporated, end) => {
    expect(firstPeriodEnd(incorporated)).toBe(end);
  });

  it.each([
    // More than twelve months: nine from the first anniversary.
    ['2024-05-15', '2025-05-31', 'private', '2026-02-15'],
    ['2024-05-15', '2025-05-31', 'public', '2025-11-15'],
    ['2024-02-29', '2025-03-31', 'private', '2025-11-30'],
    ['2023-02-28', '2024-02-29', 'private', '2024-11-28'],
    ['2024-06-30', '2025-06-30', 'private', '2026-03-31'],
    // Extended to eighteen months: three after the period's end come later only for a public company.
    ['2024-01-10', '2025-06-30', 'private', '2025-10-10'],
    ['2024-01-10', '2025-06-30', 'public', '2025-09-30'],
    ['2024-01-01', '2025-06-30', 'public', '2025-09-30'],
    // Twelve months or fewer: the ordinary rule.
    ['2024-05-01', '2025-04-30', 'private', '2026-01-31'],
    ['2024-05-15', '2025-05-14', 'private', '2026-02-14'],
    ['2024-05-15', '2024-12-31', 'private', '2025-09-30'],
  ] as const)('from %s to %s (%s) are due on %s', (incorporated, end, kind, due) => {
    expect(firstAccountsDue(incorporated, end, kind)).toBe(due);
  });
});

describe('accounts of a period that a notice shortened', () => {
  it.each([
    ['2024-09-30', '2025-05-15', 'private', null, '2025-08-15'],
    ['2024-09-30', '2024-10-15', 'private', null, '2025-06-30'],
    ['2024-09-30', '2025-02-28', 'public', null, '2025-05-31'],
    ['2024-12-31', '2024-10-01', 'private', '2023-11-20', '2025-08-20'],
  ] as const)('to %s by a notice of %s (%s, incorporated %s) are due on %s', (end, notice, kind, incorporated, due) => {
    expect(shortenedAccountsDue(end, notice, kind, incorporated)).toBe(due);
  });
});
