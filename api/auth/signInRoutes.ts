import type { Context } from 'hono';
import { z } from '@hono/zod-openapi';
import { TWO_FACTOR_METHODS } from '../../domain/people';
import { MailNotSentError } from '../../services/email/accountMailer';
import type { SignInLimits } from '../../services/sessions/limits';
import { beginAppChallenge, challengedUser, MailedLatelyError, makeCode } from '../../services/sessions/oneTimeCodes';
import type { Account } from '../../services/sessions/signIn';
import { signInWithPassword } from '../../services/sessions/signIn';
import { finishSignIn } from '../../services/sessions/twoFactor';
import { findUser } from '../../services/users/users';
import { required } from '../../settings/settings';
import type { ApiEnv } from '../context';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { ApiError } from '../errors';
import { originOf, signedIn, SignedInSchema, throttle, TAG, tooMany } from './origin';

const challengeId = z.string().min(1).max(100);
const OtpRequiredSchema = z
  .object({ otpRequired: z.literal(true), challengeId: z.string(), method: z.enum(TWO_FACTOR_METHODS) })
  .openapi('OtpRequired');
const CODE_REFUSED = 'The code is not right, or no longer counts';

/** Signing in: password, then a code where the person has a second factor. */
export function signInRoutes(api: Api, deps: ApiDependencies, limits: SignInLimits): void {
  const { db, settings, accountMailer } = deps;

  endpoint(
    api,
    {
      method: 'post',
      path: '/auth/login',
      tag: TAG,
      summary: 'Sign in with e-mail and password; asks for a code where a second factor is on',
      permission: 'public',
      body: z.strictObject({ email: z.string().max(320), password: z.string().max(1000) }),
      data: z.union([SignedInSchema, OtpRequiredSchema]),
    },
    async ({ body: { email, password }, c }) => {
      const origin = originOf(c, deps);
      const account = `${email.toLowerCase()}|${origin.ipAddress}`;
      await throttle(c, deps, limits.address, { key: origin.ipAddress ?? '' });
      await throttle(c, deps, limits.accountFromAddress, { key: account });
      const outcome = await signInWithPassword(db.pool, email, password, origin);
      if (!outcome) throw new ApiError('NOT_SIGNED_IN', 'The e-mail address or the password is not right');
      await limits.accountFromAddress.forget(account);
      await limits.address.giveBack(origin.ipAddress ?? '');
      if (outcome.outcome === 'signedIn') return signedIn(c, deps, outcome);
      const { method, user } = outcome;
      const id = method === 'APP' ? await beginAppChallenge(db.pool, user.id) : await mailCode(c, user);
      const message = method === 'APP' ? 'Enter the code of your authenticator app' : 'Enter the code that was mailed to you';
      return { data: { otpRequired: true as const, challengeId: id, method }, message };
    },
  );

  endpoint(
    api,
    {
      method: 'post',
      path: '/auth/otp/verify',
      tag: TAG,
      summary: 'Finish signing in with the code',
      permission: 'public',
      body: z.strictObject({ challengeId, code: z.string().regex(/^\d{6}$/, 'The code has six digits') }),
      data: SignedInSchema,
    },
    async ({ body, c }) => {
      const origin = originOf(c, deps);
      await throttle(c, deps, limits.address, { key: origin.ipAddress ?? '' });
      const challenged = await challengedUser(db.pool, body.challengeId);
      if (challenged) await throttle(c, deps, limits.secondFactor, { key: challenged.userId, userId: challenged.userId });
      const appSecret = required(settings, 'APP_SECRET');
      const session = await finishSignIn(db.pool, { ...body, origin, appSecret, now: deps.now() });
      if (!session) throw new ApiError('NOT_SIGNED_IN', CODE_REFUSED);
      await limits.address.giveBack(origin.ipAddress ?? '');
      await limits.secondFactor.forget(session.user.id);
      return signedIn(c, deps, session);
    },
  );

  endpoint(
    api,
    {
      method: 'post',
      path: '/auth/otp/resend',
      tag: TAG,
      summary: 'Mail a new code; the one before no longer counts',
      permission: 'public',
      body: z.strictObject({ challengeId }),
    },
    async ({ body, c }) => {
      const challenged = await challengedUser(db.pool, body.challengeId);
      // Whoever has an authenticator app is never asked for anything weaker.
      const user = challenged?.isMailed ? await findUser(db.pool, challenged.userId) : undefined;
      if (!user) throw new ApiError('NOT_SIGNED_IN', 'This sign-in no longer counts: begin again');
      await mailCode(c, user, body.challengeId);
      return { message: 'A new code was mailed' };
    },
  );

  async function mailCode(c: Context<ApiEnv>, user: Account, ofChallenge?: string): Promise<string> {
    await throttle(c, deps, limits.codeMails, { key: user.id, userId: user.id });
    try {
      const challenge = await makeCode(db.pool, user.id, ofChallenge);
      await accountMailer.send(user, 'sign-in-code', { name: user.name, code: challenge.code });
      return challenge.challengeId;
    } catch (error) {
      if (error instanceof MailedLatelyError) {
        await limits.codeMails.giveBack(user.id);
        throw tooMany(error.retryAfterSeconds);
      }
      if (error instanceof MailNotSentError) throw new ApiError('PROVIDER_FAILED', error.message);
      throw error;
    }
  }
}
