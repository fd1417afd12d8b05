import {
  corporationTaxDueDate,
  corporationTaxPaymentDue,
  corporationTaxReturnDue,
  corporationTaxStatus,
  splitPeriodOfAccount,
} from '../../../domain/uk/corporationTax';

describe('payment', () => {
  it.each([
    ['2023-12-31', '2024-10-01'],
    ['2024-03-31', '2025-01-01'],
    ['2024-06-30', '2025-04-01'],
    ['2025-02-28', '2025-12-01'],
    ['2024-02-28', '2024-11-29'],
    ['2024-05-31', '2025-03-01'],
    ['2023-05-31', '2024-03-01'],
    ['2023-05-30', '2024-03-01'],
    ['2023-05-28', '2024-02-29'],
    ['2024-04-05', '2025-01-06'],
  ])('for a period to %s is due on %s', (end, due) => {
    expect(corporationTaxPaymentDue(end)).toBe(due);
  });
});

describe('the return', () => {
  it.each([
    ['2024-12-31', '2025-12-31'],
    ['2023-02-28', '2024-02-29'],
    ['2024-02-29', '2025-02-28'],
    ['2024-02-28', '2025-02-28'],
    ['2024-04-05', '2025-04-05'],
  ])('for a period to %s is due on %s', (end, due) => {
    expect(corporationTaxReturnDue(end)).toBe(due);
  });

  it.each([
    // Three months after a notice, where that is later (CTM93050).
    ['2018-12-31', '2019-09-30', '2019-12-31'],
    ['2018-12-31', '2019-11-01', '2020-02-01'],
    ['2018-12-31', '2019-11-30', '2020-02-29'],
  ])('for a period to %s with a notice of %s is due on %s', (end, notice, due) => {
    expect(corporationTaxReturnDue(end, { end }, notice)).toBe(due);
  });

  it.each([
    // Eighteen months exactly is not longer than eighteen months.
    ['2024-12-31', '2024-01-01', '2025-06-30', '2026-06-30'],
    ['2024-12-31', '2024-01-01', '2025-07-01', '2026-06-30'],
    ['2019-04-30', '2018-05-01', '2019-12-31', '2020-10-31'],
    ['2019-12-31', '2018-05-01', '2019-12-31', '2020-12-31'],
  ])('for a period to %s in accounts from %s to %s is due on %s', (accountingPeriodEnd, start, end, due) => {
    expect(corporationTaxReturnDue(accountingPeriodEnd, { start, end })).toBe(due);
  });
});

describe('a period of account', () => {
  it.each([
    ['2024-01-01', '2024-12-31', ['2024-01-01 2024-12-31 2025-10-01 2025-12-31']],
    ['2024-03-01', '2024-06-30', ['2024-03-01 2024-06-30 2025-04-01 2025-06-30']],
    ['2024-01-01', '2025-01-01', ['2024-01-01 2024-12-31 2025-10-01 2026-01-01', '2025-01-01 2025-01-01 2025-10-02 2026-01-01']],
    ['2024-01-01', '2025-06-30', ['2024-01-01 2024-12-31 2025-10-01 2026-06-30', '2025-01-01 2025-06-30 2026-04-01 2026-06-30']],
    ['2024-02-29', '2025-03-31', ['2024-02-29 2025-02-28 2025-12-01 2026-03-31', '2025-03-01 2025-03-31 2026-01-01 2026-03-31']],
  ])('from %s to %s has the periods %j', (start, end, expected) => {
    const periods = splitPeriodOfAccount(start, end).map(
      (period) => `${period.start} ${period.end} ${period.paymentDue} ${period.returnFilingDate}`,
    );
    expect(periods).toEqual(expected);
  });
});

describe('the date in force', () => {
  it.each([
    ['MANUAL', '2025-01-15', '2024-10-01', '2025-01-15'],
    ['AUTO', '2025-01-15', '2024-10-01', '2024-10-01'],
    ['MANUAL', null, '2024-10-01', '2024-10-01'],
    ['MANUAL', '2025-01-15', null, '2025-01-15'],
    ['AUTO', null, null, null],
  ] as const)('of source %s with override %s and computed %s is %s', (ctDueSource, manualCTDueOverride, computed, expected) => {
    expect(corporationTaxDueDate({ ctDueSource, manualCTDueOverride }, computed)).toBe(expected);
  });
});

describe('the status', () => {
  const pending = { isRequired: true, isWorkStarted: false, isFiled: false, dueDate: '2024-10-01' };

  it.each([
    ['before work', {}, '2024-09-30', 'PENDING'],
    ['on the due date', {}, '2024-10-01', 'PENDING'],
    ['the day after it', {}, '2024-10-02', 'OVERDUE'],
    ['once work has started', { isWorkStarted: true }, '2024-10-01', 'IN_PROGRESS'],
    ['of late work', { isWorkStarted: true }, '2024-10-02', 'OVERDUE'],
    ['once filed', { isWorkStarted: true, isFiled: true }, '2024-10-02', 'FILED'],
    ['where none is required', { isRequired: false }, '2024-10-02', 'NOT_REQUIRED'],
    ['where none is required, even if it was filed', { isRequired: false, isFiled: true }, '2024-10-02', 'NOT_REQUIRED'],
    ['without a due date', { dueDate: null }, '2030-01-01', 'PENDING'],
  ])('%s is as expected', (_case, fields, today, status) => {
    expect(corporationTaxStatus({ ...pending, ...fields }, today)).toBe(status);
  });
});
