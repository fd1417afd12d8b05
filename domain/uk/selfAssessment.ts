import type { IsoDate } from '../calendar/dates';

/** What is due for a tax year of Self Assessment, 6 April to 5 April. */
export interface SelfAssessmentDeadlines {
  yearEnd: IsoDate;
  /** The last day on which HMRC can be told of a liability (TMA 1970 s.7). */
  register: IsoDate;
  /** Returns on paper (s.8(1D)). */
  paper: IsoDate;
  /** Online returns, for tax of less than £3,000 to be collected through PAYE (Income Tax (PAYE) Regulations 2003, reg 186). */
  onlineForPayeCoding: IsoDate;
  /** Online returns (s.8(1D)). */
  online: IsoDate;
  /** Half of last year's tax each (s.59A). */
  firstPaymentOnAccountForYear: IsoDate;
  secondPaymentOnAccountForYear: IsoDate;
  /** What remains (s.59B). */
  balancingPayment: IsoDate;
}

/** The deadlines of a tax year, written `2024-25`. Throws a RangeError for what is none. */
export function selfAssessmentDeadlines(taxYear: string): SelfAssessmentDeadlines {
  const [, first = '', second] = /^(\d{4})\s*[-/]\s*(?:\d{2})?(\d{2})$/.exec(taxYear.trim()) ?? [];
  const year = Number(first) + 1;
  if (second === undefined || Number(second) !== year % 100) throw new RangeError(`Not a tax year: ${taxYear}`);
  return {
    yearEnd: `${year}-04-05`,
    register: `${year}-10-05`,
    paper: `${year}-10-31`,
    onlineForPayeCoding: `${year}-12-30`,
    online: `${year + 1}-01-31`,
    firstPaymentOnAccountForYear: `${year}-01-31`,
    secondPaymentOnAccountForYear: `${year}-07-31`,
    balancingPayment: `${year + 1}-01-31`,
  };
}
