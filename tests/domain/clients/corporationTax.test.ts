import type { ClientCorporationTax, TaxedFiling } from '../../../domain/clients/corporationTax';
import { carriedCorporationTax, followCorporationTax } from '../../../domain/clients/corporationTax';
import type { FilingRecord } from '../../../domain/filings/record';
import { LTD, makeState, milestones, NOW, VAT } from '../filings/exampleFilings';

type Client = ClientCorporationTax & { isStatusGiven: boolean };

const UNKNOWN: Client = {
  corporationTaxStatus: 'PENDING',
  corporationTaxPeriodStart: null,
  corporationTaxPeriodEnd: null,
  nextCorporationTaxDue: null,
  manualCTDueOverride: null,
  ctDueSource: 'AUTO',
  isStatusGiven: false,
};

const YEAR: TaxedFiling = {
  periodStart: '2023-01-01',
  periodEnd: '2023-12-31',
  ctDueDate: '2024-10-01',
  isWorkStarted: false,
  isFiled: false,
  isCancelled: false,
  isToMove: false,
};
const NEXT_YEAR: TaxedFiling = { ...YEAR, periodStart: '2024-01-01', periodEnd: '2024-12-31', ctDueDate: '2025-10-01' };

const TRACKED: Client = {
  ...UNKNOWN,
  corporationTaxPeriodStart: '2023-01-01',
  corporationTaxPeriodEnd: '2023-12-31',
  nextCorporationTaxDue: '2024-10-01',
};

function after(client: Partial<Client>, filings: TaxedFiling[], today: string): Client {
  const before = { ...TRACKED, ...client };
  return { ...before, ...followCorporationTax(before, filings, today) };
}

it('begins with the period that is open', () => {
  expect({ ...UNKNOWN, ...followCorporationTax(UNKNOWN, [NEXT_YEAR, YEAR], '2023-06-01') }).toEqual(TRACKED);
});

it.each([
  ['on the day itself', 'PENDING', '2024-10-01', 'PENDING'],
  ['the day after', 'PENDING', '2024-10-02', 'OVERDUE'],
  ['with work under way', 'IN_PROGRESS', '2024-10-02', 'OVERDUE'],
  ['once a person said that it is filed', 'FILED', '2024-10-02', 'FILED'],
  ['where none is required', 'NOT_REQUIRED', '2024-10-02', 'NOT_REQUIRED'],
] as const)('%s a status of %s becomes, on %s, %s', (_case, corporationTaxStatus, today, expected) => {
  expect(after({ corporationTaxStatus }, [YEAR], today).corporationTaxStatus).toBe(expected);
});

it('keeps its date while the filing has yet to follow what was asked of it', () => {
  const moving = { ...YEAR, ctDueDate: '2025-01-31', isToMove: true };
  expect(after({}, [moving], '2024-02-01')).toEqual(TRACKED);
  expect(after({}, [{ ...moving, isToMove: false }], '2024-02-01')).toEqual({ ...TRACKED, nextCorporationTaxDue: '2025-01-31' });
});

it('is due on the date that a person set, and no longer overdue when that is later', () => {
  const manual = { ctDueSource: 'MANUAL', manualCTDueOverride: '2025-01-31' } as const;
  expect(after(manual, [YEAR], '2025-01-31').corporationTaxStatus).toBe('PENDING');
  expect(after(manual, [YEAR], '2025-02-01').corporationTaxStatus).toBe('OVERDUE');
  expect(after({ ...manual, corporationTaxStatus: 'OVERDUE' }, [YEAR], '2025-01-31').corporationTaxStatus).toBe('PENDING');
});

it('goes on to the next period when the last is filed and the next has ended, without the date that was set for the last', () => {
  const filed = { ...YEAR, isWorkStarted: true, isFiled: true };
  const manual = { corporationTaxStatus: 'FILED', ctDueSource: 'MANUAL', manualCTDueOverride: '2025-01-31' } as const;
  expect(after(manual, [filed, NEXT_YEAR], '2024-12-31')).toMatchObject({ ...TRACKED, ...manual });
  expect(after(manual, [filed, NEXT_YEAR], '2025-01-01')).toMatchObject({
    corporationTaxStatus: 'PENDING',
    corporationTaxPeriodStart: '2024-01-01',
    corporationTaxPeriodEnd: '2024-12-31',
    nextCorporationTaxDue: '2025-10-01',
    manualCTDueOverride: null,
    ctDueSource: 'AUTO',
  });
  const begun = { ...NEXT_YEAR, isWorkStarted: true };
  expect(after(manual, [filed, begun], '2024-12-01').corporationTaxStatus).toBe('IN_PROGRESS');
});

it('stays with an earlier period that is not filed, passes one that was cancelled, and one that a person said is filed', () => {
  const today = '2025-01-01';
  expect(after({}, [YEAR, NEXT_YEAR], today).corporationTaxPeriodStart).toBe('2023-01-01');
  expect(after({}, [{ ...YEAR, isCancelled: true }, NEXT_YEAR], today).corporationTaxPeriodStart).toBe('2024-01-01');
  expect(after({ corporationTaxStatus: 'FILED' }, [YEAR, NEXT_YEAR], today).corporationTaxPeriodStart).toBe('2024-01-01');
});

it('follows a period whose end moved; one of more than twelve months begins with its first year', () => {
  const longer = { ...YEAR, periodEnd: '2024-03-31', ctDueDate: '2024-10-01' };
  expect(followCorporationTax({ ...TRACKED }, [longer], '2024-01-01')).toEqual({});
  const shorter = { ...YEAR, periodEnd: '2023-09-30', ctDueDate: '2024-07-01' };
  expect(followCorporationTax({ ...TRACKED }, [shorter], '2024-01-01')).toEqual({
    corporationTaxPeriodEnd: '2023-09-30',
    nextCorporationTaxDue: '2024-07-01',
  });
});

it('changes nothing when it is done again', () => {
  const first = after({}, [YEAR, NEXT_YEAR], '2025-01-01');
  expect(followCorporationTax(first, [YEAR, NEXT_YEAR], '2025-01-01')).toEqual({});
  expect(followCorporationTax(UNKNOWN, [], '2025-01-01')).toEqual({});
});

describe('a recorded decision of the accounts', () => {
  type Move = NonNullable<FilingRecord['transition']>;
  const moved = (
    fromStage: Move['fromStage'],
    toStage: Move['toStage'],
    receipts: Partial<Pick<Move, 'filedTo' | 'rejectedBy'>> = {},
  ): Move => ({ fromStage, toStage, sequence: 5, daysInPreviousStage: 0, filedTo: [], rejectedBy: [], ...receipts });
  const reached = (...names: string[]) => makeState(LTD, { milestones: milestones(...names) });
  const record = (state: FilingRecord['state'], transition: FilingRecord['transition'], action: FilingRecord['action'] = null) =>
    carriedCorporationTax({ state, transition, action, decidedAt: NOW });

  it.each([
    ['begins the work', reached('workStarted'), moved('PAPERWORK_RECEIVED', 'WORK_IN_PROGRESS'), 'IN_PROGRESS'],
    ['undoes it', reached(), moved('WORK_IN_PROGRESS', 'PAPERWORK_RECEIVED'), 'PENDING'],
    [
      'files to HMRC alone',
      reached('workStarted', 'filedToHMRC'),
      moved('PARTNER_APPROVED', 'PARTNER_APPROVED', { filedTo: ['HMRC'] }),
      'FILED',
    ],
    [
      'leaves filing to the client',
      reached('workStarted', 'clientSelfFiling'),
      moved('PARTNER_APPROVED', 'FILED', { filedTo: ['CLIENT_SELF_FILING'] }),
      'FILED',
    ],
    [
      'reopens what HMRC rejected',
      reached('workStarted'),
      moved('FILED', 'PARTNER_APPROVED', { rejectedBy: ['HMRC'] }),
      'IN_PROGRESS',
    ],
  ])('that %s carries the status along', (_case, state, transition, status) => {
    expect(record(state, transition)).toEqual({
      status,
      periodStart: '2023-07-01',
      periodEnd: '2024-06-30',
      dueDate: '2025-04-01',
    });
  });

  it('that moves between other stages, or is of VAT, or of a company without Corporation Tax, carries nothing', () => {
    expect(record(reached('workStarted'), moved('WORK_IN_PROGRESS', 'PARTNER_REVIEW'))).toBeNull();
    expect(record(makeState(VAT), moved('PAPERWORK_RECEIVED', 'WORK_IN_PROGRESS'))).toBeNull();
    const { dates } = reached();
    const without = makeState(LTD, { dates: { ...dates, corporationTaxRequired: false } });
    expect(record(without, moved('PAPERWORK_RECEIVED', 'WORK_IN_PROGRESS'))).toBeNull();
  });

  it('that moves dates carries the dates and leaves the status', () => {
    const { dates } = reached();
    const longer = makeState(LTD, { dates: { ...dates, periodEnd: '2024-09-30' } });
    expect(record(longer, null, 'FILING_DEADLINES_CHANGED')).toMatchObject({ status: null, periodEnd: '2024-06-30' });
  });
});
