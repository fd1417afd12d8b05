import type { JSX } from 'hono/jsx/jsx-runtime';
import { PolicyAnswerSchema } from '../../api/chasing/schemas';
import { ClientWithFilings } from '../../api/clients/routes';
import { isPermitted } from '../../domain/permissions';
import { address } from '../addresses';
import type { ApiFailure } from '../apiClient';
import type { Policy, PolicyKind, Preview } from '../chasing/policyForm';
import { POLICY_KINDS, PolicyFields, policyOf, WhatItDoes } from '../chasing/policyForm';
import type { FormFields } from '../formFields';
import { Csrf } from '../layout';
import type { Page, PageContext, Web, WithFields } from '../pages';
import { page } from '../pages';
import { form } from '../forms';

/** What is shown again after a form was sent. */
interface Shown {
  given?: FormFields;
  failure?: ApiFailure;
  preview?: Preview | undefined;
}

/** How one client is chased, where that differs from how the practice chases, and going back to the practice's way. */
export function clientPolicyPages(web: Web): void {
  page(web, '/clients/:id/chase-policy', (context) =>
    Promise.resolve(context.c.redirect(`${clientPath(context)}/chase-policy/vat`, 303)),
  );
  for (const kind of POLICY_KINDS) {
    const route = `/clients/:id/chase-policy/${kind.kind}`;
    page(web, route, (context) => policyPage(context, kind));
    form(
      web,
      route,
      (context) => (context.fields.text('do').endsWith('remove') ? remove(context, kind) : change(context, kind)),
      (context, failure) => policyPage(context, kind, { given: context.fields, failure }),
    );
  }
}

function clientPath({ c }: PageContext): string {
  return `/clients/${encodeURIComponent(c.req.param('id') ?? '')}`;
}

function pathOf(context: PageContext, { kind }: PolicyKind): string {
  return `${clientPath(context)}/chase-policy/${kind}`;
}

async function change(context: PageContext & WithFields, kind: PolicyKind): Promise<Page | { to: string; message: string }> {
  const { api, fields } = context;
  const path = pathOf(context, kind);
  const isTry = fields.text('do') !== 'save';
  const { data, message } = await api.send('PUT', path, { ...policyOf(fields), dryRun: isTry }, { schema: PolicyAnswerSchema });
  if (!isTry) return { to: path, message: `${message}.` };
  return await policyPage(context, kind, { given: fields, preview: data?.preview });
}

async function remove(context: PageContext & WithFields, kind: PolicyKind): Promise<Page | { to: string; message: string }> {
  const { api, fields } = context;
  const path = pathOf(context, kind);
  const dryRun = fields.text('do') === 'try-remove' ? 'true' : undefined;
  const { data, message } = await api.send('DELETE', address(path, { dryRun }), {}, { schema: PolicyAnswerSchema });
  if (!dryRun) return { to: path, message: `${message}.` };
  return await policyPage(context, kind, { preview: data?.preview });
}

async function policyPage(context: PageContext, kind: PolicyKind, { given, failure, preview }: Shown = {}): Promise<Page> {
  const { api, me, csrf } = context;
  const path = pathOf(context, kind);
  const [client, practice, ...policies] = await Promise.all([
    api.get(clientPath(context), ClientWithFilings),
    api.get(`/settings/chase-policies/${kind.kind}`, PolicyAnswerSchema),
    ...POLICY_KINDS.map((one) => api.get(pathOf(context, one), PolicyAnswerSchema)),
  ]);
  const policy = policies[POLICY_KINDS.indexOf(kind)] ?? practice;
  const mayChange = isPermitted(me.role, 'change chase policies');
  const title = `Chasing ${client.companyName}`;
  return {
    title,
    body: (
      <>
        <nav class="crumbs" aria-label="Where this is">
          <a href="/clients">Clients</a> / <a href={clientPath(context)}>{client.companyName}</a>
        </nav>
        <h1>{title}</h1>
        <nav class="tabs" aria-label="Kind of filing">
          {POLICY_KINDS.map((one, index) => (
            <a href={pathOf(context, one)} aria-current={one === kind ? 'page' : undefined}>
              {one.definition.title} {policies[index]?.isClientsOwn && <span class="count">own</span>}
            </a>
          ))}
        </nav>
        <WhoseItIs policy={policy} name={client.companyName} kind={kind} />
        {preview && <WhatItDoes kind={kind} preview={preview} />}
        <form method="post" action={path} class="card">
          <Csrf token={csrf} />
          <fieldset disabled={!mayChange}>
            <legend class="sr">How the client is chased</legend>
            <PolicyFields policy={policy} given={given} failure={failure} practice={practice} />
            {mayChange ? (
              <div class="actions">
                <button name="do" value="try">
                  Show what it would do
                </button>
                <button class="primary" name="do" value="save">
                  {policy.isClientsOwn ? 'Change its policy' : 'Give it a policy of its own'}
                </button>
              </div>
            ) : (
              <p class="muted">A manager or partner changes the policy.</p>
            )}
          </fieldset>
        </form>
        {policy.isClientsOwn && mayChange && (
          <section class="card" aria-labelledby="remove-policy">
            <h2 id="remove-policy">Back to the practice’s policy</h2>
            <form method="post" action={path}>
              <Csrf token={csrf} />
              <p>The client’s own policy is taken away; the practice’s is in force again, also for the filings in flight.</p>
              <div class="actions">
                <button name="do" value="try-remove">
                  Show what that would do
                </button>
                <button class="danger" name="do" value="remove">
                  Take its own policy away
                </button>
              </div>
            </form>
          </section>
        )}
      </>
    ),
  };
}

function WhoseItIs({ policy, name, kind }: { policy: Policy; name: string; kind: PolicyKind }): JSX.Element {
  const works = kind.definition.title;
  return (
    <p>
      {policy.isClientsOwn ? (
        <>
          <span class="badge received">Its own</span> {name} is chased for {works} by a policy of its own; what the practice does
          otherwise stands beside.
        </>
      ) : (
        <>
          <span class="badge">The practice’s</span> {name} is chased for {works} as every client is. What you save here counts for
          this client alone.
        </>
      )}
    </p>
  );
}
