import { ImpossibleCorporationTaxError, setCorporationTax } from '../../services/clients/setCorporationTax';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { invalidField } from '../errors';
import { IdParams } from '../schemas';
import { CorporationTaxBody } from './deadlineSchemas';
import { ClientWithFilings, readClient, requireClient } from './routes';

/** Where a client's Corporation Tax stands, as a person says. */
export function corporationTaxRoutes(api: Api, deps: ApiDependencies): void {
  endpoint(
    api,
    {
      method: 'put',
      path: '/clients/{id}/corporation-tax',
      tag: 'Clients',
      summary:
        'Set the status of a client’s Corporation Tax, and a payment date that wins over the computed one; null takes it away',
      permission: 'edit clients',
      params: IdParams,
      body: CorporationTaxBody,
      data: ClientWithFilings,
    },
    async ({ params, body, user }) => {
      const { companyType } = await requireClient(deps.db, user, params.id);
      if (companyType !== 'LIMITED_COMPANY') throw invalidField('status', 'Only limited companies pay Corporation Tax');
      try {
        await setCorporationTax(deps, user, params.id, body);
      } catch (error) {
        if (error instanceof ImpossibleCorporationTaxError) throw invalidField(error.field, error.message);
        throw error;
      }
      const data = await readClient(deps, user, params.id);
      return { data, message: `Corporation Tax is ${body.status.toLowerCase().replaceAll('_', ' ')}` };
    },
  );
}
