import type { JSX } from 'hono/jsx/jsx-runtime';
import { z } from '@hono/zod-openapi';
import { ClientWithFilings } from '../../api/clients/routes';
import { ProposalSchema } from '../../api/companiesHouse/proposalRoutes';
import { ClientFilingSchema } from '../../api/filings/schemas';
import { UserSchema } from '../../api/users/schemas';
import { isIsoDate } from '../../domain/calendar/dates';
import { displayDate } from '../../domain/calendar/display';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { isPermitted } from '../../domain/permissions';
import { actionWords } from '../components/activity';
import { Due, StageBadge } from '../components/badges';
import { CardTable } from '../components/cardTable';
import { filingPath } from '../filings/filing';
import { Csrf } from '../layout';
import type { Page, PageContext, Web } from '../pages';
import { page } from '../pages';
import { form } from '../forms';
import { Carers } from './carers';
import { COMPANY_TYPE_LABELS } from './clientFields';
import { vatWords } from './clientList';
import { CorporationTax, Deadlines, Proposals } from './deadlineParts';
import { readTimeline, Timeline } from './timeline';

type Client = z.infer<typeof ClientWithFilings>;

const POUNDS = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP', maximumFractionDigits: 0 });

const DATES = [
  ['nextYearEnd', 'Next year end'],
  ['nextAccountsDue', 'Accounts due'],
  ['nextCorporationTaxDue', 'Corporation Tax due'],
  ['nextConfirmationDue', 'Confirmation statement due'],
  ['incorporationDate', 'Incorporated'],
] as const;

/** The page of one client, and what can be changed there with one click. */
export function clientPages(web: Web): void {
  page(web, '/clients/:id', clientPage);

  form(web, '/clients/:id/assign', async (context) => {
    const path = pathOf(context);
    const { api, fields } = context;
    const body = { userId: fields.optional('userId') ?? null };
    const { message } = await api.send('PUT', `${path}/assignments/${encodeURIComponent(fields.text('assignment'))}`, body);
    return { to: path, message: `${message}.` };
  });

  form(web, '/clients/:id/chase-team', async (context) => {
    const path = pathOf(context);
    const { message } = await context.api.send('PUT', `${path}/chase-team`, { userIds: context.fields.list('userIds') ?? [] });
    return { to: path, message: `${message}.` };
  });

  form(web, '/clients/:id/refresh', async (context) => {
    const path = pathOf(context);
    const { message, status } = await context.api.send('POST', `${path}/companies-house/refresh`);
    return { to: path, message: `${message}.`, kind: status === 202 ? 'waiting' : 'done' };
  });

  form(web, '/clients/:id/proposals', async (context) => {
    const { api, fields } = context;
    const verb = fields.text('verb') === 'accept' ? 'accept' : 'reject';
    const { message } = await api.send('POST', `/date-proposals/${encodeURIComponent(fields.text('id'))}/${verb}`);
    return { to: pathOf(context), message: `${message}.` };
  });

  form(web, '/clients/:id/corporation-tax', async (context) => {
    const { api, fields } = context;
    const body = {
      status: fields.text('status'),
      dueOverride: fields.optional('dueOverride') ?? null,
      note: fields.optional('note'),
    };
    const { message } = await api.send('PUT', `${pathOf(context)}/corporation-tax`, body);
    return { to: pathOf(context), message: `${message}.` };
  });

  for (const verb of ['archive', 'restore']) {
    form(web, `/clients/:id/${verb}`, async (context) => {
      const path = pathOf(context);
      const { message } = await context.api.send('POST', `${path}/${verb}`);
      return { to: path, message: `${message}.` };
    });
  }
}

function pathOf({ c }: PageContext): string {
  return `/clients/${encodeURIComponent(c.req.param('id') ?? '')}`;
}

async function clientPage(context: PageContext): Promise<Page> {
  const { api, me } = context;
  const path = pathOf(context);
  const [client, filings, proposals, activity, people] = await Promise.all([
    api.get(path, ClientWithFilings),
    api.get(`${path}/filings`, ClientFilingSchema.array()),
    api.list(`/date-proposals?status=PENDING&clientId=${encodeURIComponent(context.c.req.param('id') ?? '')}`, ProposalSchema),
    readTimeline(context, path),
    api.get('/users', UserSchema.array()),
  ]);
  return {
    title: client.companyName,
    body: (
      <>
        <nav class="crumbs" aria-label="Where this is">
          <a href="/clients">Clients</a>
        </nav>
        <div class="heading">
          <h1>
            {client.companyName} <span class="code">{client.clientCode}</span>{' '}
            {!client.isActive && <span class="badge plain">Archived</span>}
          </h1>
          <div class="group">
            {isPermitted(me.role, 'see communications') && (
              <a class="button" href={`${path}/communications`}>
                Communications
              </a>
            )}
            {isPermitted(me.role, 'see chase policies') && (
              <a class="button" href={`${path}/chase-policy`}>
                Chasing
              </a>
            )}
            {isPermitted(me.role, 'edit clients') && (
              <a class="button" href={`${path}/edit`}>
                Change
              </a>
            )}
          </div>
        </div>
        <Facts client={client} />
        <div class="columns wide-left" data-live-filings={filings.map(({ id }) => id).join(' ')}>
          <div>
            <Proposals proposals={proposals.rows} client={client} context={context} />
            <Filings filings={filings} />
            <Deadlines client={client} context={context} />
            <Officers client={client} />
            <Timeline
              list={activity}
              path={path}
              query={context.query}
              people={people}
              mayLog={isPermitted(me.role, 'log communications')}
            />
          </div>
          <div>
            <Carers client={client} people={people.filter(({ isActive }) => isActive)} context={context} />
            <CorporationTax client={client} context={context} />
            {isPermitted(me.role, 'archive clients') && <Archiving client={client} context={context} />}
          </div>
        </div>
      </>
    ),
  };
}

function Facts({ client }: { client: Client }): JSX.Element {
  const text = (name: string): string => (typeof client[name] === 'string' ? client[name] : '');
  const list = (...names: string[]): string => names.map(text).filter(Boolean).join(', ');
  const date = (name: string): string => text(name) || (client.deadlines.find((one) => one.name === name)?.date ?? '');
  const turnover = client['annualTurnover'];
  const facts = [
    ['Form', COMPANY_TYPE_LABELS[client.companyType]],
    ['Company number', text('companyNumber')],
    ['Status', actionWords(text('companyStatus'))],
    ['Contact', [client.contactName, client.contactEmail, text('contactPhone')].filter(Boolean).join(', ')],
    ['Website', text('website')],
    ['Trading address', list('tradingAddressLine1', 'tradingAddressLine2', 'tradingAddressPostCode', 'tradingAddressCountry')],
    ['VAT', client.isVatEnabled ? [vatWords(client), text('vatNumber')].filter(Boolean).join(', ') : ''],
    ['UTR', text('utrNumber')],
    ['National Insurance number', text('nationalInsuranceNumber')],
    ...DATES.map(([name, label]) => [label, date(name) && displayDate(date(name))]),
    ['Nature of trade', text('natureOfTrade')],
    ['Annual turnover', typeof turnover === 'number' ? POUNDS.format(turnover) : ''],
    ['Notes', text('notes')],
  ];
  return (
    <dl class="facts card">
      {facts.map(
        ([label, value]) =>
          value && (
            <div>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

const OfficerSchema = z.looseObject({ name: z.string(), officer_role: z.string().nullish(), resigned_on: z.string().nullish() });

/** Who runs the company, as Companies House has it. */
function Officers({ client }: { client: Client }): JSX.Element | null {
  const officers = OfficerSchema.array().safeParse(client['officers']);
  if (!officers.success || officers.data.length === 0) return null;
  return (
    <section class="card" aria-labelledby="officers">
      <h2 id="officers">Officers</h2>
      <ul class="feed">
        {officers.data.map(({ name, officer_role: role, resigned_on: resignedOn }) => (
          <li>
            <span>{name}</span>
            <span class="muted">
              {role}
              {resignedOn ? `, until ${displayDate(resignedOn)}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Filings({ filings }: { filings: readonly z.infer<typeof ClientFilingSchema>[] }): JSX.Element {
  return (
    <section class="card" aria-labelledby="filings">
      <h2 id="filings">Filings</h2>
      {filings.length === 0 ? (
        <p class="muted">None yet. They open by themselves once VAT or a year end is filled in.</p>
      ) : (
        <CardTable caption="Filings of the client" headings={['Filing', 'Period', 'Stage', 'Due']}>
          {filings.map((filing) => (
            <tr data-row>
              <th scope="row" data-label="Filing">
                <a href={filingPath(FILING_DEFINITIONS[filing.kind], filing.id)}>
                  {FILING_DEFINITIONS[filing.kind].label} {isIsoDate(filing.period) ? '' : filing.period}
                </a>
              </th>
              <td data-label="Period" class="short">
                {displayDate(filing.periodStart)} to {displayDate(filing.periodEnd)}
              </td>
              <td data-label="Stage" class="short">
                {filing.isCancelled ? <span class="badge">Cancelled</span> : <StageBadge stage={filing.currentStage} />}
              </td>
              <td data-label="Due" class="short">
                <Due filing={filing} />
              </td>
            </tr>
          ))}
        </CardTable>
      )}
    </section>
  );
}

function Archiving({ client, context: { csrf } }: { client: Client; context: PageContext }): JSX.Element {
  const path = `/clients/${client.id}`;
  const verb = client.isActive ? 'archive' : 'restore';
  return (
    <section class="card" aria-labelledby="archiving">
      <h2 id="archiving">{client.isActive ? 'Archive' : 'Restore'}</h2>
      <form method="post" action={`${path}/${verb}`}>
        <Csrf token={csrf} />
        <input type="hidden" name="back" value={path} />
        <p>
          {client.isActive
            ? `Its ${client.openFilings.length} open filings are cancelled; nothing is deleted. Restoring it opens them again.`
            : 'The filings that its archiving cancelled are opened again.'}
        </p>
        <button class={client.isActive ? 'danger' : undefined}>
          {client.isActive ? 'Archive the client' : 'Restore the client'}
        </button>
      </form>
    </section>
  );
}
