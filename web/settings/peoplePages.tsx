import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import { UserSchema } from '../../api/users/schemas';
import { displayInstant } from '../../domain/calendar/display';
import type { UserRole } from '../../domain/people';
import { USER_ROLES } from '../../domain/people';
import { isPermitted } from '../../domain/permissions';
import type { ApiFailure } from '../apiClient';
import { CardTable } from '../components/cardTable';
import { Choice, Field } from '../components/fields';
import type { FormFields } from '../formFields';
import { Csrf } from '../layout';
import type { Page, PageContext, Web } from '../pages';
import { page } from '../pages';
import { form } from '../forms';
import { SettingsPage } from './settingsPage';

type Person = z.infer<typeof UserSchema>;

const PATH = '/settings/people';
const ROLE_LABELS: Record<UserRole, string> = { PARTNER: 'Partner', MANAGER: 'Manager', STAFF: 'Staff' };

/** The practice's people: adding and inviting them, their roles, and handing over what a leaver had. */
export function peoplePages(web: Web): void {
  page(web, PATH, (context) => peoplePage(context));

  form(
    web,
    PATH,
    async ({ api, fields }) => {
      const person = { name: fields.text('name'), email: fields.text('email'), role: fields.text('role') };
      const { message } = await api.send('POST', '/users', person);
      return { to: PATH, message: `${message}.` };
    },
    (context, failure) => peoplePage(context, failure, context.fields),
  );

  page(web, `${PATH}/:id`, (context) => personPage(context));
  form(
    web,
    `${PATH}/:id`,
    async (context) => {
      const { api, fields } = context;
      const change = { name: fields.text('name'), email: fields.text('email'), role: fields.text('role') };
      const { message } = await api.send('PATCH', `/users/${idOf(context)}`, change);
      return { to: PATH, message: `${message}.` };
    },
    (context, failure) => personPage(context, failure),
  );
  for (const verb of ['activate', 'deactivate', 'invite']) {
    form(web, `${PATH}/:id/${verb}`, async (context) => {
      const { message } = await context.api.send('POST', `/users/${idOf(context)}/${verb}`);
      return { to: PATH, message: `${message}.` };
    });
  }
  form(web, `${PATH}/:id/hand-over`, async (context) => {
    const body = { toUserId: context.fields.text('toUserId') };
    const { message } = await context.api.send('POST', `/users/${idOf(context)}/hand-over`, body);
    return { to: PATH, message: `${message}.` };
  });
}

function idOf({ c }: PageContext): string {
  return encodeURIComponent(c.req.param('id') ?? '');
}

async function peoplePage({ api, me, csrf }: PageContext, failure?: ApiFailure, given?: FormFields): Promise<Page> {
  const people = await api.get('/users', UserSchema.array());
  const mayManage = isPermitted(me.role, 'manage users');
  return {
    title: 'People',
    body: (
      <SettingsPage title="People" path={PATH} me={me}>
        <CardTable caption="The practice’s people" headings={['Name', 'Role', 'E-mail', 'Last here', 'State']}>
          {people.map((person) => (
            <tr data-row>
              <th scope="row" data-label="Name">
                {mayManage ? <a href={`${PATH}/${person.id}`}>{person.name}</a> : person.name}
              </th>
              <td data-label="Role">{ROLE_LABELS[person.role]}</td>
              <td data-label="E-mail">{person.email ?? <span class="muted">not shown</span>}</td>
              <td data-label="Last here">{lastHere(person)}</td>
              <td data-label="State">
                <span class={`badge ${person.isActive ? 'approved' : 'plain'}`}>
                  {person.isActive ? 'Active' : 'Cannot sign in'}
                </span>
              </td>
            </tr>
          ))}
        </CardTable>
        {mayManage && (
          <section class="card" aria-labelledby="add">
            <h2 id="add">Add somebody</h2>
            <form method="post" action={PATH} class="inline">
              <Csrf token={csrf} />
              <Field name="name" label="Name" value={given?.text('name')} required failure={failure} />
              <Field name="email" label="E-mail" type="email" value={given?.text('email')} required failure={failure} />
              <Field name="role" label="Role" failure={failure}>
                <RoleChoice role={given?.text('role') ?? 'STAFF'} />
              </Field>
              <button class="primary">Add and invite</button>
            </form>
          </section>
        )}
      </SettingsPage>
    ),
  };
}

function lastHere({ lastLoginAt }: Person): string {
  return lastLoginAt ? displayInstant(Date.parse(lastLoginAt)) : '–';
}

function RoleChoice({ role }: { role: string }): JSX.Element {
  return <Choice name="role" value={role} options={USER_ROLES.map((value) => ({ value, label: ROLE_LABELS[value] }))} />;
}

async function personPage(context: PageContext, failure?: ApiFailure): Promise<Page> {
  const { api, me, csrf } = context;
  const [person, people] = await Promise.all([
    api.get(`/users/${idOf(context)}`, UserSchema),
    api.get('/users', UserSchema.array()),
  ]);
  const path = `${PATH}/${person.id}`;
  const others = people.filter(({ id, isActive }) => isActive && id !== person.id);
  const back = <input type="hidden" name="back" value={path} />;
  return {
    title: person.name,
    body: (
      <SettingsPage title={person.name} path={PATH} me={me}>
        <div class="columns">
          <form method="post" action={path} class="card">
            <Csrf token={csrf} />
            <Field name="name" label="Name" value={person.name} required failure={failure} />
            <Field name="email" label="E-mail" type="email" value={person.email} required failure={failure} />
            <Field name="role" label="Role" hint="A new role ends the person’s sessions." failure={failure}>
              <RoleChoice role={person.role} />
            </Field>
            <button class="primary">Save</button>
          </form>
          <div>
            <section class="card">
              <h2>Hand over the work</h2>
              <form method="post" action={`${path}/hand-over`}>
                <Csrf token={csrf} />
                {back}
                <p>All clients and open filings that are {person.name}’s go to:</p>
                <Choice
                  name="toUserId"
                  label="Hand over to"
                  options={others.map(({ id, name }) => ({ value: id, label: name }))}
                />{' '}
                <button>Hand over</button>
              </form>
            </section>
            <section class="card">
              <h2>Signing in</h2>
              <div class="actions">
                <form method="post" action={`${path}/invite`}>
                  <Csrf token={csrf} />
                  {back}
                  <button>Mail an invitation</button>
                </form>
                <form method="post" action={`${path}/${person.isActive ? 'deactivate' : 'activate'}`}>
                  <Csrf token={csrf} />
                  {back}
                  <button class={person.isActive ? 'danger' : undefined}>
                    {person.isActive ? 'No longer let in' : 'Let in again'}
                  </button>
                </form>
              </div>
            </section>
          </div>
        </div>
      </SettingsPage>
    ),
  };
}
