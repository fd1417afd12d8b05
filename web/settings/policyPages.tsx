import { PolicyAnswerSchema } from '../../api/chasing/schemas';
import { isPermitted } from '../../domain/permissions';
import type { ApiFailure } from '../apiClient';
import type { PolicyKind, Preview } from '../chasing/policyForm';
import { POLICY_KINDS, PolicyFields, policyOf, WhatItDoes } from '../chasing/policyForm';
import type { FormFields } from '../formFields';
import { Csrf } from '../layout';
import type { Page, PageContext, Web } from '../pages';
import { page } from '../pages';
import { form } from '../forms';
import { SettingsPage } from './settingsPage';

/** How the practice chases, and changing it: first what that would do to the filings in flight, then it is done. */
export function policyPages(web: Web): void {
  page(web, '/settings', ({ c }) => Promise.resolve(c.redirect('/settings/chase-policies/vat', 303)));
  for (const kind of POLICY_KINDS) {
    const path = pathOf(kind);
    page(web, path, (context) => policyPage(context, kind));
    form(
      web,
      path,
      async (context) => {
        const { api, fields } = context;
        const isTry = fields.text('do') !== 'save';
        const body = { ...policyOf(fields), dryRun: isTry };
        const { data, message } = await api.send('PUT', path, body, { schema: PolicyAnswerSchema });
        if (!isTry) return { to: path, message: `${message}.` };
        return await policyPage(context, kind, undefined, fields, data?.preview);
      },
      (context, failure) => policyPage(context, kind, failure, context.fields),
    );
  }
}

function pathOf({ kind }: PolicyKind): string {
  return `/settings/chase-policies/${kind}`;
}

async function policyPage(
  context: PageContext,
  kind: PolicyKind,
  failure?: ApiFailure,
  given?: FormFields,
  preview?: Preview,
): Promise<Page> {
  const { api, me, csrf } = context;
  const policy = await api.get(pathOf(kind), PolicyAnswerSchema);
  const mayChange = isPermitted(me.role, 'change chase policies');
  const title = `Chasing: ${kind.definition.label}`;
  return {
    title,
    body: (
      <SettingsPage title={title} path={pathOf(kind)} me={me}>
        {preview && <WhatItDoes kind={kind} preview={preview} />}
        <form method="post" action={pathOf(kind)} class="card">
          <Csrf token={csrf} />
          <fieldset disabled={!mayChange}>
            <legend class="sr">The policy</legend>
            <PolicyFields policy={policy} given={given} failure={failure} />
            {mayChange ? (
              <div class="actions">
                <button name="do" value="try">
                  Show what it would do
                </button>
                <button class="primary" name="do" value="save">
                  Change the policy
                </button>
              </div>
            ) : (
              <p class="muted">A manager or partner changes the policy.</p>
            )}
          </fieldset>
        </form>
      </SettingsPage>
    ),
  };
}
