import { z } from '@hono/zod-openapi';
import { API_TOKEN_SCOPES } from '../../domain/sessions';
import { createApiToken, listApiTokens, revokeApiToken } from '../../services/sessions/apiTokens';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { notFound } from '../errors';
import { IdParams, InstantSchema } from '../schemas';
import { TAG } from './origin';

const LONGEST_DAYS = 366;

export const ApiTokenSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    scope: z.enum(API_TOKEN_SCOPES),
    expiresAt: InstantSchema,
    lastUsedAt: InstantSchema.nullable(),
    createdAt: InstantSchema,
  })
  .openapi('ApiToken');

/** Tokens for one's own programs. */
export function apiTokenRoutes(api: Api, { db }: ApiDependencies): void {
  const common = { tag: TAG, permission: 'own account' } as const;

  endpoint(
    api,
    { ...common, method: 'get', path: '/auth/api-tokens', summary: 'My tokens that count', data: z.array(ApiTokenSchema) },
    async ({ user }) => ({ data: await listApiTokens(db.pool, user.id) }),
  );

  endpoint(
    api,
    {
      ...common,
      method: 'post',
      path: '/auth/api-tokens',
      summary: 'Make a token for a program; it is shown once',
      body: z.strictObject({
        name: z.string().trim().min(1, 'Say what it is for').max(100, 'Name too long'),
        scope: z.enum(API_TOKEN_SCOPES),
        expiresInDays: z.int().min(1).max(LONGEST_DAYS).default(90),
      }),
      data: ApiTokenSchema.extend({ token: z.string() }),
      status: 201,
    },
    async ({ body: { name, scope, expiresInDays }, user }) => {
      const data = await createApiToken(db.pool, user.id, { name, scope, days: expiresInDays });
      return { data, message: 'Keep the token now: it is not shown again' };
    },
  );

  endpoint(
    api,
    { ...common, method: 'delete', path: '/auth/api-tokens/{id}', summary: 'Revoke one of my tokens', params: IdParams },
    async ({ params, user }) => {
      if (!(await revokeApiToken(db.pool, user.id, params.id))) throw notFound('token');
      return { message: 'The token no longer counts' };
    },
  );
}
