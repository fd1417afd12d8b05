import { z } from '@hono/zod-openapi';
import { TWO_FACTOR_METHODS } from '../../domain/people';
import { prepareAuthenticator } from '../../services/sessions/authenticator';
import type { SignInLimits } from '../../services/sessions/limits';
import { confirmAuthenticator, setTwoFactor, twoFactorMethod } from '../../services/sessions/twoFactor';
import { required } from '../../settings/settings';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { invalidField } from '../errors';
import { requireOwnPassword } from './ownPassword';
import { tellOwner } from './tellOwner';
import { TAG } from './origin';

export const TwoFactorSchema = z
  .object({ method: z.enum(TWO_FACTOR_METHODS).nullable(), secret: z.string().optional(), uri: z.string().optional() })
  .openapi('TwoFactor');

/** A second factor of one's own: a code by e-mail, or an authenticator app. */
export function twoFactorRoutes(api: Api, deps: ApiDependencies, limits: SignInLimits): void {
  const { db, settings } = deps;

  endpoint(
    api,
    {
      method: 'get',
      path: '/auth/two-factor',
      tag: TAG,
      summary: 'What I am asked for beside the password; null where that is enough',
      permission: 'own account',
      data: TwoFactorSchema,
    },
    async ({ user }) => ({ data: { method: await twoFactorMethod(db.pool, user.id) } }),
  );

  endpoint(
    api,
    {
      method: 'put',
      path: '/auth/two-factor',
      tag: TAG,
      summary: 'Turn the second factor on or off; an app is asked for once it is confirmed',
      permission: 'own account',
      body: z.strictObject({
        enabled: z.boolean(),
        password: z.string().max(1000),
        method: z.enum(TWO_FACTOR_METHODS).default('EMAIL'),
      }),
      data: TwoFactorSchema,
    },
    async ({ body, user, c }) => {
      await requireOwnPassword(c, deps, limits, { password: body.password, field: 'password' });
      if (body.enabled && body.method === 'APP') {
        const prepared = await prepareAuthenticator(db.pool, user, required(settings, 'APP_SECRET'));
        return { data: { method: null, ...prepared }, message: 'Add it to your app, then confirm with a code' };
      }
      const method = body.enabled ? ('EMAIL' as const) : null;
      await setTwoFactor(db.pool, user, method);
      await tellOwner(deps, user, 'How you sign in was changed.');
      return { data: { method }, message: method ? 'A code is mailed at each sign-in' : 'A password is enough now' };
    },
  );

  endpoint(
    api,
    {
      method: 'post',
      path: '/auth/two-factor/confirm',
      tag: TAG,
      summary: 'Turn the authenticator app on with one of its codes',
      permission: 'own account',
      body: z.strictObject({ code: z.string().regex(/^\d{6}$/, 'The code has six digits') }),
      data: TwoFactorSchema,
    },
    async ({ body, user }) => {
      const given = { code: body.code, appSecret: required(settings, 'APP_SECRET'), now: deps.now() };
      const isRight = await confirmAuthenticator(db.pool, user, given);
      if (!isRight) throw invalidField('code', 'The code is not right, or no app is being set up');
      await tellOwner(deps, user, 'How you sign in was changed: an authenticator app is asked for.');
      return { data: { method: 'APP' as const }, message: 'The app is asked for at each sign-in' };
    },
  );
}
