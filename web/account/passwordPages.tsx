import { PASSWORD_PAGE } from '../../api/auth/passwordLink';
import type { ApiFailure } from '../apiClient';
import { Field } from '../components/fields';
import { Csrf } from '../layout';
import type { Page, VisitorContext, Web } from '../pages';
import { visitorPage } from '../pages';
import { visitorForm } from '../forms';

/** Getting back in without a password, and choosing one by a mailed link. */
export function passwordPages(web: Web): void {
  visitorPage(web, '/password/forgot', async (context) => forgotPage(context));
  visitorForm(
    web,
    '/password/forgot',
    async ({ api, fields }) => {
      const { message } = await api.send('POST', '/auth/password/forgot', { email: fields.text('email') });
      return { to: '/sign-in', message };
    },
    async (context, failure) => forgotPage(context, failure),
  );

  visitorPage(web, PASSWORD_PAGE, async (context) => choosePage(context, ''));
  visitorForm(
    web,
    PASSWORD_PAGE,
    async ({ api, fields }) => {
      const chosen = { token: fields.text('token'), password: fields.exact('password') };
      const { message } = await api.send('POST', '/auth/password/reset', chosen);
      return { to: '/sign-in', message };
    },
    async (context, failure) => choosePage(context, context.fields.text('token'), failure),
  );
}

function forgotPage({ csrf }: VisitorContext, failure?: ApiFailure): Page {
  return {
    title: 'Forgotten password',
    body: (
      <section class="card narrow">
        <h1>Forgotten password</h1>
        <p>We mail you a link by which you choose a new one. It counts for 30 minutes.</p>
        <form method="post" action="/password/forgot">
          <Csrf token={csrf} />
          <Field name="email" label="E-mail" type="email" autocomplete="username" required autofocus failure={failure} />
          <div class="actions">
            <button class="primary">Mail me a link</button>
            <a href="/sign-in">Back to sign in</a>
          </div>
        </form>
      </section>
    ),
  };
}

/** The link's token stands behind the #, where no server or log sees it; a script puts it into the form. */
function choosePage({ csrf }: VisitorContext, token: string, failure?: ApiFailure): Page {
  return {
    title: 'Choose a password',
    body: (
      <section class="card narrow">
        <h1>Choose a password</h1>
        <noscript>
          <p>This page needs JavaScript: it reads the secret of your link from its address.</p>
        </noscript>
        <form method="post" action={PASSWORD_PAGE}>
          <Csrf token={csrf} />
          <input type="hidden" name="token" value={token} data-from-hash />
          <Field
            name="password"
            label="New password"
            type="password"
            autocomplete="new-password"
            required
            autofocus
            hint="At least 8 characters, with upper and lower case letters and a number."
            failure={failure}
          />
          <div class="actions">
            <button class="primary">Set it</button>
          </div>
        </form>
      </section>
    ),
  };
}
