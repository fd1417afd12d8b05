import { z } from '@hono/zod-openapi';
import { createFromCompany, clientFieldsOf } from '../../services/companiesHouse/createFromCompany';
import { CompaniesHouse } from '../../services/companiesHouse/companiesHouse';
import { logOddities } from '../../services/companiesHouse/refreshClient';
import { explained } from '../clients/explained';
import { ClientWithFilings, readClient } from '../clients/routes';
import { requireFittingFields } from '../clients/schemas';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { paginationOf } from '../schemas';
import { fromCompaniesHouse } from './explained';
import {
  CompanyNumberParams,
  CompanySchema,
  CompanySearchQuery,
  CreateFromCompaniesHouseBody,
  FoundCompanySchema,
} from './schemas';

const TAG = 'Companies House';
/** Somebody waits for the answer. */
const TURN = { isBackground: false, longestWaitMs: 10_000 };

/** What Companies House knows, and clients made of it. */
export function companiesHouseRoutes(api: Api, deps: ApiDependencies): void {
  const companiesHouse = new CompaniesHouse(deps.settings, deps.db.pool);

  endpoint(
    api,
    {
      method: 'get',
      path: '/companies-house/search',
      tag: TAG,
      summary: 'Companies that Companies House finds by name or number',
      permission: 'look up companies',
      query: CompanySearchQuery,
      data: z.array(FoundCompanySchema),
      isList: true,
    },
    async ({ query }) => {
      const { companies, totalCount } = await fromCompaniesHouse(() => companiesHouse.search(query.q, query, TURN));
      return { data: companies, pagination: paginationOf({ rows: companies, totalCount }, query) };
    },
  );

  endpoint(
    api,
    {
      method: 'get',
      path: '/companies-house/companies/{number}',
      tag: TAG,
      summary: 'A company with its officers, persons with significant control and statutory dates',
      permission: 'look up companies',
      params: CompanyNumberParams,
      data: CompanySchema,
    },
    async ({ params }) => {
      const reading = await fromCompaniesHouse(() => companiesHouse.company(params.number, TURN));
      return { data: clientFieldsOf(reading) };
    },
  );

  endpoint(
    api,
    {
      method: 'post',
      path: '/clients/from-companies-house',
      tag: TAG,
      summary: 'Add a client by its company number, with everything that Companies House knows; opens the filings that are due',
      permission: 'create clients',
      body: CreateFromCompaniesHouseBody,
      data: ClientWithFilings,
      status: 201,
    },
    async ({ body, user }) => {
      const reading = await fromCompaniesHouse(() => companiesHouse.company(body.companyNumber, TURN));
      if (reading.odd.length > 0) logOddities(deps, reading);
      requireFittingFields({ ...reading.fields, companyType: reading.companyType, ...body });
      const given = user.role === 'STAFF' ? { ...body, assignedUserId: user.id } : body;
      const clientId = await explained(() => createFromCompany(deps, user, reading, given));
      const data = await readClient(deps, user, clientId);
      return { data, message: `${data.companyName} was added as ${data.clientCode}` };
    },
  );
}
