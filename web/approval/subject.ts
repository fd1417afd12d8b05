import type { ApprovalSending } from '../../api/approval/clientApproval';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { periodWords } from '../filings/filing';

const WORDS = { VAT_QUARTER: 'VAT return', LTD_ACCOUNTS: 'accounts' } as const;

/** What the client calls it: `VAT return 2024-Q1`, `accounts to 31 Mar 2024`. */
export function subjectOf({ filingKind, period }: ApprovalSending): string {
  const { kind } = FILING_DEFINITIONS[filingKind];
  return `${WORDS[kind]} ${periodWords(period)}`;
}
