import type { ApprovalSending } from '../../api/approval/clientApproval';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { periodWords } from '../filings/filing';

/** What the client calls it: `VAT return 2024-Q1`, `accounts to 31 Mar 2024`. */
export function subjectOf({ filingKind, period }: ApprovalSending): string {
  return `${FILING_DEFINITIONS[filingKind].clientLabel} ${periodWords(period)}`;
}
