import type { ApiCaller } from './apiCaller';
import type { RunningPractice } from './runningPractice';

/** What a client is added with; its VAT aside. */
export const TRADING_CLIENT = {
  companyName: 'Acme Trading',
  companyType: 'NON_LIMITED_COMPANY',
  contactName: 'Casey Contact',
  contactEmail: 'casey@example.com',
};

/** A client whose running VAT quarter opens by itself. */
export const QUARTERLY_CLIENT = {
  ...TRADING_CLIENT,
  isVatEnabled: true,
  vatQuarterGroup: 'C',
  vatRegistrationDate: '2020-01-01',
};

/** A VAT quarter as the API and Temporal know it. */
export interface OpenQuarter {
  id: string;
  path: string;
  workflowId: string;
}

/** Adds a client whose running VAT quarter opens by itself, and waits until its workflow has taken it up. */
export async function openQuarter(practice: RunningPractice, partner: ApiCaller): Promise<OpenQuarter> {
  const client = await partner.post('/clients', QUARTERLY_CLIENT);
  const [row] = (await partner.get(`/vat-quarters?clientId=${client.row().id}`)).rows();
  const id = String(row?.['id']);
  const isStarted = 'SELECT FROM vat_quarters WHERE id = $1 AND run_id IS NOT NULL';
  await practice.until(async () => (await practice.rows(isStarted, [id])).length > 0);
  return { id, path: `/vat-quarters/${id}`, workflowId: String(row?.['workflowId']) };
}
