import type { z } from '@hono/zod-openapi';
import type { PeriodToOpen } from '../../services/filings/openByHand';
import { AlreadyOpenedError, NoSuchPeriodError, openByHand } from '../../services/filings/openByHand';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import type { SignedInUser } from '../../services/sessions/readSession';
import { requireClient } from '../clients/routes';
import type { ApiDependencies } from '../dependencies';
import type { Answer, Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { ApiError, invalidField } from '../errors';
import { readFiling } from './routes';
import { FilingSchema, OpenLtdAccountsBody, OpenVatQuarterBody } from './schemas';

/** Opening a filing by hand: each kind names its period in its own way. */
export function openRoutes(api: Api, deps: ApiDependencies): void {
  const { VAT_QUARTER: vat, LTD_ACCOUNTS: ltd } = FILING_DEFINITIONS;
  const common = { method: 'post', permission: 'open filings', data: FilingSchema, status: 201 } as const;

  endpoint(
    api,
    {
      ...common,
      path: `/${vat.route}`,
      tag: vat.label,
      summary: 'Open a VAT period by hand',
      body: OpenVatQuarterBody,
    },
    async ({ body, user }) => await open(deps, user, { kind: 'VAT_QUARTER', ...body }),
  );

  endpoint(
    api,
    {
      ...common,
      path: `/${ltd.route}`,
      tag: ltd.label,
      summary: 'Open an accounting period by hand',
      body: OpenLtdAccountsBody,
    },
    async ({ body, user }) => await open(deps, user, { kind: 'LTD_ACCOUNTS', ...body }),
  );
}

async function open(
  deps: ApiDependencies,
  user: SignedInUser,
  asked: PeriodToOpen,
): Promise<Answer<z.infer<typeof FilingSchema>>> {
  await requireClient(deps.db, user, asked.clientId);
  try {
    const { filingId } = await openByHand(deps, user, asked);
    return { data: await readFiling(deps, asked.kind, user, filingId), message: 'The filing was opened' };
  } catch (error) {
    if (error instanceof NoSuchPeriodError) throw invalidField(error.field, error.message);
    if (error instanceof AlreadyOpenedError) throw new ApiError('CONFLICT', error.message);
    throw error;
  }
}
