import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import type { ProposalSchema } from '../../api/companiesHouse/proposalRoutes';
import type { ClientWithFilings } from '../../api/clients/routes';
import { daysBetween } from '../../domain/calendar/dates';
import { displayDate, displayInstant } from '../../domain/calendar/display';
import { CORPORATION_TAX_STATUSES } from '../../domain/clients/clientFields';
import { londonDateOf } from '../../domain/calendar/london';
import { COMPANIES_HOUSE } from '../../domain/companiesHouse/company';
import { actionWords } from '../components/activity';
import { DueBadge } from '../components/badges';
import { CardTable } from '../components/cardTable';
import { Choice, Field } from '../components/fields';
import { Csrf } from '../layout';
import type { PageContext } from '../pages';

type Client = z.infer<typeof ClientWithFilings>;
type Proposal = z.infer<typeof ProposalSchema>;

interface PartProps {
  client: Client;
  context: PageContext;
}

/** The client's deadlines: which date is in force, where it comes from, and what Companies House says. */
export function Deadlines({ client, context }: PartProps): JSX.Element {
  const today = londonDateOf(context.now);
  const dated = client.deadlines.filter(({ date, official }) => date !== null || official !== null);
  return (
    <section class="card" aria-labelledby="deadlines">
      <div class="heading">
        <h2 id="deadlines">Deadlines</h2>
        {typeof client['companyNumber'] === 'string' && (
          <form method="post" action={`/clients/${client.id}/refresh`}>
            <Csrf token={context.csrf} />
            <input type="hidden" name="back" value={`/clients/${client.id}`} />
            <button class="small">Read Companies House again</button>
          </form>
        )}
      </div>
      {dated.length === 0 ? (
        <p class="muted">None is known. A year end, or the company number, tells them.</p>
      ) : (
        <CardTable caption="Deadlines of the client" headings={['What', 'Date', 'From']}>
          {dated.map(({ name, label, date, official, source, readAt, isMismatch }) => (
            <tr>
              <th scope="row" data-label="What">
                {label}
              </th>
              <td data-label="Date" class="short">
                {date ? <time datetime={date}>{displayDate(date)}</time> : '–'}{' '}
                {date && isToBeMet(name, client) && (
                  <span class="below">
                    <DueBadge filing={{ isCompleted: false, isCancelled: false, daysLeft: daysBetween(today, date) }} />
                  </span>
                )}
              </td>
              <td data-label="From">
                {sourceWords(source)}
                {readAt && <span class="muted"> read {displayInstant(readAt.getTime())}</span>}
                {isMismatch && official && <span class="badge soon">Companies House: {displayDate(official)}</span>}
              </td>
            </tr>
          ))}
        </CardTable>
      )}
    </section>
  );
}

/** A year only ends; Corporation Tax that is filed or not required presses nobody. */
function isToBeMet(name: string, { corporationTax }: Client): boolean {
  if (name === 'nextYearEnd') return false;
  const isTax = name === 'nextCorporationTaxDue' || name === 'corporationTaxReturnDue';
  return !isTax || (corporationTax?.status !== 'FILED' && corporationTax?.status !== 'NOT_REQUIRED');
}

function sourceWords(source: string): string {
  return source === COMPANIES_HOUSE ? 'Companies House' : actionWords(source);
}

/** Dates that Companies House changed: nothing follows them before somebody accepts. */
export function Proposals({ proposals, client, context }: PartProps & { proposals: readonly Proposal[] }): JSX.Element | null {
  if (proposals.length === 0) return null;
  return (
    <section class="card" aria-labelledby="proposals">
      <h2 id="proposals">Changed dates to accept</h2>
      <ul class="feed">
        {proposals.map(({ id, label, oldDate, newDate }) => (
          <li>
            <span>
              {label}: {displayDate(oldDate)} becomes <strong>{displayDate(newDate)}</strong>
            </span>
            <form method="post" action={`/clients/${client.id}/proposals`} class="group">
              <Csrf token={context.csrf} />
              <input type="hidden" name="back" value={`/clients/${client.id}`} />
              <input type="hidden" name="id" value={id} />
              <button class="small primary" name="verb" value="accept" aria-label={`Accept: ${label}`}>
                Accept
              </button>
              <button class="small" name="verb" value="reject" aria-label={`Reject: ${label}`}>
                Reject
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

const TAX_LABELS: Record<(typeof CORPORATION_TAX_STATUSES)[number], string> = {
  PENDING: 'Pending',
  IN_PROGRESS: 'In progress',
  FILED: 'Filed',
  OVERDUE: 'Overdue',
  NOT_REQUIRED: 'Not required',
};

/** Where Corporation Tax stands, and setting it. */
export function CorporationTax({ client, context }: PartProps): JSX.Element | null {
  const tax = client.corporationTax;
  if (!tax) return null;
  return (
    <section class="card" aria-labelledby="corporation-tax">
      <h2 id="corporation-tax">Corporation Tax</h2>
      <p>
        <span class={`badge ${tax.status === 'OVERDUE' ? 'overdue' : tax.status === 'FILED' ? 'filed' : 'plain'}`}>
          {TAX_LABELS[tax.status]}
        </span>{' '}
        {tax.dueDate && `payment due ${displayDate(tax.dueDate)}`}
        {tax.dueSource === 'MANUAL' && <span class="muted"> (set by hand)</span>}
      </p>
      <details>
        <summary>Change it</summary>
        <form method="post" action={`/clients/${client.id}/corporation-tax`}>
          <Csrf token={context.csrf} />
          <input type="hidden" name="back" value={`/clients/${client.id}`} />
          <Field name="status" label="Status">
            <Choice
              name="status"
              value={tax.status}
              options={CORPORATION_TAX_STATUSES.map((value) => ({ value, label: TAX_LABELS[value] }))}
            />
          </Field>
          <Field name="dueOverride" label="Payment due (empty: as computed)" type="date" value={tax.manualDueDate ?? undefined} />
          <Field name="note" label="Note" maxlength={500} />
          <button>Save</button>
        </form>
      </details>
    </section>
  );
}
