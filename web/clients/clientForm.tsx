import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import { ClientWithFilings } from '../../api/clients/routes';
import { CompanySchema, FoundCompanySchema } from '../../api/companiesHouse/schemas';
import { address } from '../addresses';
import { ApiFailure } from '../apiClient';
import { actionWords } from '../components/activity';
import { Choice, Field } from '../components/fields';
import type { FormFields } from '../formFields';
import { Csrf } from '../layout';
import type { Page, PageContext, Web } from '../pages';
import { page } from '../pages';
import { form } from '../forms';
import type { ClientField } from './clientFields';
import { changedFields, CLIENT_FIELDS, givenFields, shownValue, was } from './clientFields';

type Client = z.infer<typeof ClientWithFilings>;

/** So many companies of a name are offered. */
const FOUND = 10;

/** Adding a client by hand or from Companies House, and changing one. */
export function clientForms(web: Web): void {
  page(web, '/clients/new', async (context) => addPage(context, await lookUp(context)));
  form(
    web,
    '/clients/new',
    async ({ api, fields }) => {
      const path = fields.optional('fromCompaniesHouse') ? '/clients/from-companies-house' : '/clients';
      const { data, message } = await api.send('POST', path, givenFields(fields), { schema: ClientWithFilings });
      return { to: `/clients/${data?.id ?? ''}`, message: `${message}.` };
    },
    async (context, failure) => addPage(context, {}, failure, context.fields),
  );

  page(web, '/clients/:id/edit', async (context) => editPage(context, await read(context)));
  form(
    web,
    '/clients/:id/edit',
    async ({ api, c, fields }) => {
      const path = `/clients/${encodeURIComponent(c.req.param('id') ?? '')}`;
      const changed = changedFields(fields);
      if (Object.keys(changed).length === 0) return { to: path, message: 'Nothing was changed.' };
      const { message } = await api.send('PATCH', path, changed);
      return { to: path, message: `${message}.` };
    },
    async (context, failure) => editPage(context, await read(context), failure, context.fields),
  );
}

async function read({ api, c }: PageContext): Promise<Client> {
  return await api.get(`/clients/${encodeURIComponent(c.req.param('id') ?? '')}`, ClientWithFilings);
}

/** What Companies House told before the form is filled in. */
interface LookedUp {
  found?: readonly z.infer<typeof FoundCompanySchema>[];
  company?: Record<string, unknown>;
  /** Why it told nothing. */
  refusal?: string;
}

/** Asks Companies House for a number, or for companies of a name; what it refuses leaves the form to be filled in by hand. */
async function lookUp({ api, query }: PageContext): Promise<LookedUp> {
  const { number, q } = query;
  try {
    if (number) return { company: await api.get(`/companies-house/companies/${encodeURIComponent(number)}`, CompanySchema) };
    if (q) return { found: (await api.list(address('/companies-house/search', { q, limit: FOUND }), FoundCompanySchema)).rows };
    return {};
  } catch (error) {
    if (error instanceof ApiFailure && error.status !== 401) return { refusal: error.message };
    throw error;
  }
}

function addPage(
  { csrf, query }: PageContext,
  { found, company, refusal }: LookedUp,
  failure?: ApiFailure,
  given?: FormFields,
): Page {
  const isLookedUp = company !== undefined || given?.optional('fromCompaniesHouse') !== undefined;
  return {
    title: 'Add a client',
    body: (
      <>
        <h1>Add a client</h1>
        <section class="card" aria-labelledby="companies-house">
          <h2 id="companies-house">From Companies House</h2>
          <form action="/clients/new" class="inline">
            <Field name="number" label="Company number" value={query['number']} />
            <Field name="q" label="or a part of the name" value={query['q']} />
            <button>Look up</button>
          </form>
          {refusal && <p class="flash refused">{refusal}. You can fill the form in by hand.</p>}
          {found && found.length === 0 && <p class="muted">Companies House knows no company of this name.</p>}
          {found && found.length > 0 && (
            <ul class="briefs">
              {found.map((one) => (
                <li>
                  <a href={address('/clients/new', { number: one.companyNumber })}>{one.companyName ?? one.companyNumber}</a>
                  <span class="muted">
                    {[one.companyNumber, actionWords(one.companyStatus ?? ''), one.address].filter(Boolean).join(', ')}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </section>
        <form method="post" action="/clients/new">
          <Csrf token={csrf} />
          {isLookedUp && <input type="hidden" name="fromCompaniesHouse" value="true" />}
          <Parts values={company ?? {}} failure={failure} given={given} />
          <div class="actions">
            <button class="primary">Add the client</button>
            <a href="/clients">Back to the clients</a>
          </div>
        </form>
      </>
    ),
  };
}

function editPage({ csrf }: PageContext, client: Client, failure?: ApiFailure, given?: FormFields): Page {
  return {
    title: `Change ${client.companyName}`,
    body: (
      <>
        <h1>
          Change {client.companyName} <span class="code">{client.clientCode}</span>
        </h1>
        <form method="post" action={`/clients/${client.id}/edit`}>
          <Csrf token={csrf} />
          <Parts values={client} isChange failure={failure} given={given} />
          <div class="actions">
            <button class="primary">Save</button>
            <a href={`/clients/${client.id}`}>Leave it as it is</a>
          </div>
        </form>
      </>
    ),
  };
}

interface PartsProps {
  /** What the fields hold at first. */
  values: Record<string, unknown>;
  /** Whether the form remembers that, to tell what was changed. */
  isChange?: boolean;
  failure: ApiFailure | undefined;
  given: FormFields | undefined;
}

function Parts({ values, isChange, failure, given }: PartsProps): JSX.Element {
  return (
    <>
      <p class="muted">Fields with * must be filled in.</p>
      <div class="columns marked">
        {CLIENT_FIELDS.map(({ title, fields }) => (
          <section class="card">
            <h2>{title}</h2>
            <div class="fields">
              {fields.map((field) => {
                const before = shownValue(values, field.name);
                return (
                  <>
                    {isChange && (
                      <input type="hidden" name={was(field.name)} value={given ? given.text(was(field.name)) : before} />
                    )}
                    <OneField field={field} value={given ? given.text(field.name) : before} failure={failure} />
                  </>
                );
              })}
            </div>
          </section>
        ))}
      </div>
    </>
  );
}

function OneField({
  field,
  value,
  failure,
}: {
  field: ClientField;
  value: string;
  failure: ApiFailure | undefined;
}): JSX.Element {
  const { name, label, type, options = [], required = false, hint } = field;
  const common = { name, label, failure, ...(hint ? { hint } : {}) };
  if (type === 'flag') {
    return (
      <label class="option">
        <input type="checkbox" name={name} value="true" checked={value === 'true'} /> {label}
      </label>
    );
  }
  if (type === 'choice') {
    return (
      <Field {...common}>
        <Choice name={name} options={options} value={value} {...(required ? {} : { none: '–' })} />
      </Field>
    );
  }
  if (type === 'notes') {
    return (
      <Field {...common}>
        <textarea id={name} name={name} rows={4} maxlength={1000}>
          {value}
        </textarea>
      </Field>
    );
  }
  return (
    <Field
      {...common}
      type={type === 'number' ? 'text' : type}
      {...(type === 'number' ? { inputmode: 'numeric' as const } : {})}
      value={value}
      required={required}
    />
  );
}
