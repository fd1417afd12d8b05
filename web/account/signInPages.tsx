import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from '@hono/zod-openapi';
import { isSecureSite } from '../../api/middleware';
import { TWO_FACTOR_METHODS } from '../../domain/people';
import { address, ownPath } from '../addresses';
import type { ApiFailure } from '../apiClient';
import { Field } from '../components/fields';
import { Csrf } from '../layout';
import type { Page, VisitorContext, Web } from '../pages';
import { visitorPage } from '../pages';
import { form, visitorForm } from '../forms';

/** Names the sign-in that waits for its code, away from addresses and logs. */
const CHALLENGE_COOKIE = 'challenge';
const CHALLENGE_SECONDS = 600;

const OutcomeSchema = z.object({
  otpRequired: z.literal(true).optional(),
  challengeId: z.string().optional(),
  method: z.enum(TWO_FACTOR_METHODS).optional(),
});

/** Signing in: password, then a code where the person has a second factor; and signing out. */
export function signInPages(web: Web): void {
  visitorPage(web, '/sign-in', async (context) => signInPage(context, context.query['next'], ''));

  visitorForm(
    web,
    '/sign-in',
    async ({ c, api, fields }) => {
      const credentials = { email: fields.text('email'), password: fields.exact('password') };
      const { data } = await api.send('POST', '/auth/login', credentials, { schema: OutcomeSchema });
      const next = ownPath(fields.text('next'));
      if (data?.challengeId === undefined) return { to: next };
      setCookie(c, CHALLENGE_COOKIE, data.challengeId, {
        httpOnly: true,
        secure: isSecureSite(web.deps),
        sameSite: 'Lax',
        path: '/sign-in',
        maxAge: CHALLENGE_SECONDS,
      });
      return { to: address('/sign-in/code', { method: data.method, next: next === '/' ? undefined : next }) };
    },
    async (context, failure) => signInPage(context, context.fields.text('next'), context.fields.text('email'), failure),
  );

  visitorPage(web, '/sign-in/code', async (context) => codePage(context, context.query['method'], context.query['next']));

  visitorForm(
    web,
    '/sign-in/code',
    async ({ c, api, fields }) => {
      const challengeId = getCookie(c, CHALLENGE_COOKIE) ?? 'none';
      await api.send('POST', '/auth/otp/verify', { challengeId, code: fields.text('code').replaceAll(/\s/g, '') });
      deleteCookie(c, CHALLENGE_COOKIE, { path: '/sign-in' });
      return { to: ownPath(fields.text('next')) };
    },
    async (context, failure) => codePage(context, context.fields.text('method'), context.fields.text('next'), failure),
  );

  visitorForm(
    web,
    '/sign-in/code/resend',
    async ({ c, api, fields }) => {
      const { message } = await api.send('POST', '/auth/otp/resend', { challengeId: getCookie(c, CHALLENGE_COOKIE) ?? 'none' });
      return { to: address('/sign-in/code', { method: 'EMAIL', next: fields.optional('next') }), message };
    },
    async (context, failure) => codePage(context, 'EMAIL', context.fields.text('next'), failure),
  );

  form(web, '/sign-out', async ({ api }) => {
    const { message } = await api.send('POST', '/auth/logout');
    return { to: '/sign-in', message };
  });
}

function signInPage({ csrf }: VisitorContext, next: string | undefined, email: string, failure?: ApiFailure): Page {
  return {
    title: 'Sign in',
    body: (
      <section class="card narrow">
        <h1>Sign in</h1>
        <form method="post" action="/sign-in">
          <Csrf token={csrf} />
          <input type="hidden" name="next" value={next} />
          <Field
            name="email"
            label="E-mail"
            type="email"
            value={email}
            autocomplete="username"
            required
            autofocus
            failure={failure}
          />
          <Field name="password" label="Password" type="password" autocomplete="current-password" required failure={failure} />
          <div class="actions">
            <button class="primary">Sign in</button>
            <a href="/password/forgot">I have forgotten my password</a>
          </div>
        </form>
      </section>
    ),
  };
}

function codePage({ csrf }: VisitorContext, method: string | undefined, next: string | undefined, failure?: ApiFailure): Page {
  const isMailed = method !== 'APP';
  return {
    title: 'Enter the code',
    body: (
      <section class="card narrow">
        <h1>Enter the code</h1>
        <p>
          {isMailed
            ? 'We have mailed a code of six digits to you. It counts for ten minutes.'
            : 'Your authenticator app shows a code of six digits.'}
        </p>
        <form method="post" action="/sign-in/code">
          <Csrf token={csrf} />
          <input type="hidden" name="next" value={next} />
          <input type="hidden" name="method" value={method} />
          <Field
            name="code"
            label="Code"
            inputmode="numeric"
            autocomplete="one-time-code"
            maxlength={7}
            required
            autofocus
            failure={failure}
          />
          <div class="actions">
            <button class="primary">Sign in</button>
            <a href="/sign-in">Begin again</a>
          </div>
        </form>
        {isMailed && (
          <form method="post" action="/sign-in/code/resend">
            <Csrf token={csrf} />
            <input type="hidden" name="next" value={next} />
            <button class="plain">Mail me a new code</button>
          </form>
        )}
      </section>
    ),
  };
}
