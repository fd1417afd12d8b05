import { z } from '@hono/zod-openapi';
import { ApiTokenSchema } from '../../api/auth/apiTokenRoutes';
import { SessionSchema } from '../../api/auth/sessionRoutes';
import { TwoFactorSchema } from '../../api/auth/twoFactorRoutes';
import { NotificationSettingsSchema } from '../../api/notifications/settingsRoutes';
import type { NotificationEmails } from '../../domain/notifications/emailChoice';
import type { ApiFailure } from '../apiClient';
import { Choice, Field } from '../components/fields';
import { Csrf } from '../layout';
import type { Page, PageContext, Web } from '../pages';
import { page } from '../pages';
import { form } from '../forms';
import { ApiTokens, newTokenPage } from './apiTokens';
import { PROFILE_PATH as PATH } from './paths';
import { QrCode } from './qrCode';
import { Sessions } from './sessions';

const EMAIL_CHOICES = [
  { value: 'AT_ONCE', label: 'At once' },
  { value: 'DAILY_DIGEST', label: 'Once a day, in the morning' },
  { value: 'NONE', label: 'Not at all' },
] as const satisfies { value: NotificationEmails; label: string }[];

const METHODS = [
  { value: 'APP', label: 'A code of my authenticator app' },
  { value: 'EMAIL', label: 'A code by e-mail' },
  { value: 'NONE', label: 'The password only' },
] as const;

/** The app that is being set up, as its page remembers it: a wrong code is tried again with the same key. */
const PreparedSchema = z.object({ secret: z.string().regex(/^[A-Z2-7]+$/), uri: z.string().startsWith('otpauth://') });

/** One's own account: password, second factor, sessions and tokens for programs. */
export function profilePages(web: Web): void {
  page(web, PATH, (context) => profilePage(context));

  form(
    web,
    `${PATH}/password`,
    async ({ api, fields }) => {
      const passwords = { currentPassword: fields.exact('currentPassword'), newPassword: fields.exact('newPassword') };
      const { message } = await api.send('PUT', '/auth/password', passwords);
      return { to: PATH, message };
    },
    profilePage,
  );

  form(
    web,
    `${PATH}/two-factor`,
    async (context) => {
      const { api, fields } = context;
      const method = fields.text('method');
      const wanted = { enabled: method !== 'NONE', password: fields.exact('password') };
      const body = method === 'NONE' ? wanted : { ...wanted, method };
      const { data, message } = await api.send('PUT', '/auth/two-factor', body, { schema: TwoFactorSchema });
      return data?.secret === undefined ? { to: PATH, message } : authenticatorPage(context, data.secret, data.uri);
    },
    profilePage,
  );

  form(
    web,
    `${PATH}/two-factor/confirm`,
    async ({ api, fields }) => {
      const { message } = await api.send('POST', '/auth/two-factor/confirm', { code: fields.text('code').replaceAll(/\s/g, '') });
      return { to: PATH, message };
    },
    async (context, failure) => {
      const app = PreparedSchema.safeParse({ secret: context.fields.text('secret'), uri: context.fields.text('uri') });
      return app.success
        ? authenticatorPage(context, app.data.secret, app.data.uri, failure)
        : await profilePage(context, failure);
    },
  );

  form(web, `${PATH}/notifications`, async ({ api, fields }) => {
    const { message } = await api.send('PUT', '/notifications/settings', { emails: fields.text('emails') });
    return { to: PATH, message };
  });

  form(web, `${PATH}/sessions/end`, async ({ api, fields }) => {
    const { message } = await api.send('DELETE', `/auth/sessions/${encodeURIComponent(fields.text('id'))}`);
    return { to: PATH, message };
  });

  form(web, `${PATH}/sessions/end-all`, async ({ api }) => {
    const { message } = await api.send('POST', '/auth/logout-all');
    return { to: '/sign-in', message };
  });

  form(
    web,
    `${PATH}/api-tokens`,
    async (context) => {
      const { api, fields } = context;
      const token = { name: fields.text('name'), scope: fields.text('scope'), expiresInDays: Number(fields.text('days')) };
      const { data } = await api.send('POST', '/auth/api-tokens', token, { schema: ApiTokenSchema.loose() });
      return newTokenPage(String(data?.['token']), token.name);
    },
    profilePage,
  );

  form(web, `${PATH}/api-tokens/revoke`, async ({ api, fields }) => {
    const { message } = await api.send('DELETE', `/auth/api-tokens/${encodeURIComponent(fields.text('id'))}`);
    return { to: PATH, message };
  });
}

async function profilePage({ api, me, csrf }: PageContext, failure?: ApiFailure): Promise<Page> {
  const [settings, { method }, sessions, tokens] = await Promise.all([
    api.get('/notifications/settings', NotificationSettingsSchema),
    api.get('/auth/two-factor', TwoFactorSchema),
    api.get('/auth/sessions', SessionSchema.array()),
    api.get('/auth/api-tokens', ApiTokenSchema.array()),
  ]);
  const inForce = method ?? 'NONE';
  return {
    title: 'Profile and sessions',
    body: (
      <>
        <h1>{me.name}</h1>
        <p class="muted">{me.email}</p>
        <div class="columns">
          <section class="card">
            <h2>Password</h2>
            <form method="post" action={`${PATH}/password`}>
              <Csrf token={csrf} />
              <Field
                name="currentPassword"
                label="Current password"
                type="password"
                autocomplete="current-password"
                required
                failure={failure}
              />
              <Field
                name="newPassword"
                label="New password"
                type="password"
                autocomplete="new-password"
                required
                hint="At least 8 characters, with upper and lower case letters and a number. Your other sessions end."
                failure={failure}
              />
              <button>Change the password</button>
            </form>
          </section>
          <section class="card">
            <h2>Second factor</h2>
            <p>
              In force: <strong>{METHODS.find(({ value }) => value === inForce)?.label}</strong>
            </p>
            <form method="post" action={`${PATH}/two-factor`}>
              <Csrf token={csrf} />
              <Field name="method" label="At each sign-in ask for" failure={failure}>
                <Choice name="method" options={METHODS} value={inForce} />
              </Field>
              <Field
                name="password"
                label="Your password"
                type="password"
                autocomplete="current-password"
                required
                failure={failure}
              />
              <button>Change the second factor</button>
            </form>
          </section>
        </div>
        <section class="card">
          <h2>Notifications</h2>
          <form method="post" action={`${PATH}/notifications`}>
            <Csrf token={csrf} />
            <Field name="emails" label="E-mail me what I am told here" failure={failure}>
              <Choice name="emails" options={EMAIL_CHOICES} value={settings.emails} />
            </Field>
            <button>Save</button>
          </form>
        </section>
        <Sessions sessions={sessions} csrf={csrf} />
        <ApiTokens tokens={tokens} csrf={csrf} failure={failure} />
      </>
    ),
  };
}

function authenticatorPage({ csrf }: PageContext, secret: string, uri: string | undefined, failure?: ApiFailure): Page {
  return {
    title: 'Add it to your app',
    body: (
      <section class="card narrow">
        <h1>Add it to your authenticator app</h1>
        <p>
          Scan this with the app, or type the key below into it, or open the link on the device that has it. Then enter the code
          that the app shows.
        </p>
        {uri && <QrCode text={uri} label="QR code of the key below, for the authenticator app" />}
        <p>
          <code class="secret">{secret.replaceAll(/(.{4})/g, '$1 ')}</code>
        </p>
        {uri && (
          <p>
            <a href={uri}>Open in the app</a>
          </p>
        )}
        <form method="post" action={`${PATH}/two-factor/confirm`}>
          <Csrf token={csrf} />
          <input type="hidden" name="secret" value={secret} />
          <input type="hidden" name="uri" value={uri} />
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
            <button class="primary">Turn it on</button>
            <a href={PATH}>Leave it as it was</a>
          </div>
        </form>
      </section>
    ),
  };
}
