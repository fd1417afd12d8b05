import type { IsoDate } from '../../../domain/calendar/dates';
import type { ConfirmedClient } from '../../../domain/deadlines/clientDeadlines';
import { confirmationDue } from '../../../domain/deadlines/clientDeadlines';
import { CONFIRMATION_STATEMENT, CONFIRMATION_STATEMENT_LABEL } from '../../../domain/reports/deadlineKinds';
import { reviewPeriodEnd } from '../../../domain/uk/confirmationStatement';
import type { Database } from '../../database';
import { FILING_TABLES } from '../../filings/filingTables';
import { allOf, Values } from '../statement';
import type { Viewer } from '../visibility';
import { visibleWork } from '../visibility';
import type { DeadlineFilter, ReportedDeadline } from './reportFilter';

type ClientRow = ConfirmedClient &
  Pick<ReportedDeadline, 'clientId' | 'clientCode' | 'companyName' | 'assignedUserId' | 'assignedUserName'>;

/**
 * The confirmation statements of active companies that are due up to a day. They are the work of who looks after a company's accounts. A
 * statement that was delivered has none any more: Companies House then says when the next one is due.
 */
export async function confirmationDeadlines(
  db: Database,
  viewer: Viewer,
  { clientId, assignedUserId }: DeadlineFilter,
  { today, until }: { today: IsoDate; until: IsoDate },
): Promise<Omit<ReportedDeadline, 'daysLeft'>[]> {
  const values = new Values();
  const assignee = `coalesce(c.${FILING_TABLES.LTD_ACCOUNTS.clientAssignment}, c.assigned_user_id)`;
  const conditions = [
    `c.is_active AND c.company_type = 'LIMITED_COMPANY' AND c.cessation_date IS NULL`,
    `c.next_confirmation_due <= ${values.add(until)}::date
      OR c.next_confirmation_due IS NULL AND (c.last_confirmation_made_up_to IS NOT NULL OR c.incorporation_date IS NOT NULL)`,
    ...visibleWork('LTD_ACCOUNTS', viewer, values, 'c'),
    ...(clientId === undefined ? [] : [`c.id = ${values.add(clientId)}`]),
    ...(assignedUserId === undefined ? [] : [`${assignee} = ${values.add(assignedUserId)}`]),
  ];
  const { rows } = await db.pool.query<ClientRow>(
    `SELECT c.id AS "clientId", c.client_code AS "clientCode", c.company_name AS "companyName",
       c.next_confirmation_due AS "nextConfirmationDue", c.last_confirmation_made_up_to AS "lastConfirmationMadeUpTo",
       c.incorporation_date AS "incorporationDate", u.id AS "assignedUserId", u.name AS "assignedUserName"
     FROM clients c LEFT JOIN users u ON u.id = ${assignee} WHERE ${allOf(conditions)}`,
    values.list,
  );
  return rows.flatMap(({ nextConfirmationDue, lastConfirmationMadeUpTo, incorporationDate, ...row }) => {
    const date = confirmationDue({ nextConfirmationDue, lastConfirmationMadeUpTo, incorporationDate }, today);
    if (date === null || date > until) return [];
    const deadline = { deadline: 'nextConfirmationDue', label: CONFIRMATION_STATEMENT_LABEL, date, isMet: false };
    return [{ ...row, ...deadline, kind: CONFIRMATION_STATEMENT, filingId: null, period: reviewPeriodEnd(date), stage: null }];
  });
}
