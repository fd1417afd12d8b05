import { z } from '@hono/zod-openapi';
import { SUPPRESSION_REASONS } from '../../domain/emails/delivery';
import { listSuppressedAddresses } from '../../models/queries/suppressedAddresses';
import { inTransaction } from '../../models/transaction';
import { logActivity } from '../../services/audit/logActivity';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { notFound } from '../errors';
import { IdParams, InstantSchema, pageFields, paginationOf } from '../schemas';

export const SuppressedSchema = z
  .object({
    id: z.string(),
    address: z.string(),
    reason: z.enum(SUPPRESSION_REASONS),
    createdAt: InstantSchema,
    subject: z.string().nullable().openapi({ description: 'Of the e-mail that came back or was called spam' }),
    failureReason: z.string().nullable(),
    recipientName: z.string().nullable(),
    client: z
      .object({
        id: z.string(),
        clientCode: z.string(),
        companyName: z.string(),
        hasThisAddress: z.boolean().openapi({ description: 'False once the client has another address' }),
      })
      .nullable(),
  })
  .openapi('SuppressedAddress');

/** The addresses that nothing is sent to, and allowing one again whose mailbox was mended. */
export function suppressionRoutes(api: Api, { db }: ApiDependencies): void {
  const common = { tag: 'E-mails', permission: 'manage suppressed addresses' } as const;

  endpoint(
    api,
    {
      ...common,
      method: 'get',
      path: '/suppressed-addresses',
      summary: 'Addresses that mail came back from, or whose owner complained; newest first',
      query: z.strictObject(pageFields),
      data: z.array(SuppressedSchema),
      isList: true,
    },
    async ({ query }) => {
      const page = await listSuppressedAddresses(db, query);
      return { data: SuppressedSchema.array().parse(page.rows), pagination: paginationOf(page, query) };
    },
  );

  endpoint(
    api,
    {
      ...common,
      method: 'delete',
      path: '/suppressed-addresses/{id}',
      summary: 'Allow an address again: its mailbox takes mail, or its owner wants it',
      params: IdParams,
    },
    async ({ params, user }) => {
      await inTransaction(db.pool, async (client) => {
        const { rows } = await client.query<{ reason: string; clientId: string | null }>(
          `DELETE FROM suppressed_addresses WHERE id = $1
           RETURNING reason::text, (SELECT e.client_id FROM email_logs e WHERE e.id = email_id) AS "clientId"`,
          [params.id],
        );
        const [allowed] = rows;
        if (!allowed) throw notFound('suppressed address');
        const details = { suppressedAddressId: params.id, reason: allowed.reason };
        const { clientId } = allowed;
        await logActivity(client, { action: 'ADDRESS_ALLOWED_AGAIN', userId: user.id, clientId, details });
      });
      return { message: 'E-mails are sent to this address again' };
    },
  );
}
