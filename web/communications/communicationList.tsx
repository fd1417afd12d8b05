import type { JSX } from 'hono/jsx/jsx-runtime';
import { CommunicationSchema } from '../../api/communications/routes';
import { displayInstant } from '../../domain/calendar/display';
import { isPermitted } from '../../domain/permissions';
import { address } from '../addresses';
import { CardTable, HiddenHeading } from '../components/cardTable';
import { Pagination } from '../components/pagination';
import { Csrf } from '../layout';
import type { Page, PageContext } from '../pages';
import type { Communication } from './communicationWords';
import { CommunicationState, TYPE_WORDS } from './communicationWords';
import { clientOf, ClientHeading } from './talkedTo';

const ROWS = 50;

const CHIPS: readonly { label: string; query: Record<string, string> }[] = [
  { label: 'All', query: {} },
  { label: 'E-mails', query: { type: 'EMAIL' } },
  { label: 'Calls', query: { type: 'PHONE' } },
  { label: 'SMS', query: { type: 'SMS' } },
  { label: 'Scheduled', query: { status: 'SCHEDULED' } },
  { label: 'Failed', query: { status: 'FAILED' } },
];

/** What was said to a client and what is to be, the newest first, each with how it stands. */
export async function communicationList(context: PageContext): Promise<Page> {
  const { api, me, query } = context;
  const { path } = clientOf(context);
  const here = `${path}/communications`;
  const [heading, { rows, pagination }] = await Promise.all([
    ClientHeading({ context, title: 'Communications' }),
    api.list(address(here, { limit: ROWS, ...query }), CommunicationSchema),
  ]);
  const mayLog = isPermitted(me.role, 'log communications');
  return {
    title: 'Communications',
    body: (
      <>
        {heading}
        {mayLog && (
          <div class="actions">
            <a class="button" href={`${here}/log`}>
              Log a call, SMS or e-mail
            </a>
            <a class="button" href={`${here}/schedule`}>
              Schedule an e-mail
            </a>
          </div>
        )}
        <nav class="chips" aria-label="Filter">
          {CHIPS.map((chip) => (
            <a href={address(here, chip.query)} aria-current={isShown(chip.query, query) ? 'page' : undefined}>
              {chip.label}
            </a>
          ))}
        </nav>
        {rows.length === 0 ? (
          <div class="empty">
            <p>Nothing of this kind yet.</p>
            <p class="muted">Log a call when you have made it, or have an e-mail go out at a time of your choice.</p>
          </div>
        ) : (
          <CardTable
            caption="Communications with the client, newest first"
            headings={['When', 'How', 'About', 'Who', 'State', mayLog && <HiddenHeading>Change</HiddenHeading>]}
          >
            {rows.map((row) => (
              <Row row={row} here={here} context={context} mayChange={mayLog} />
            ))}
          </CardTable>
        )}
        <Pagination pagination={pagination} path={here} query={query} />
      </>
    ),
  };
}

function isShown(chip: Record<string, string>, query: Record<string, string>): boolean {
  return ['type', 'status'].every((name) => chip[name] === query[name]);
}

interface RowProps {
  row: Communication;
  here: string;
  context: PageContext;
  mayChange: boolean;
}

function Row({ row, here, context: { csrf, here: shown }, mayChange }: RowProps): JSX.Element {
  const when = row.sentAt ?? row.scheduledAt;
  return (
    <tr data-row>
      <td data-label="When" class="short">
        {when ? displayInstant(when.getTime()) : '–'}
      </td>
      <td data-label="How" class="short">
        {TYPE_WORDS[row.type]}
      </td>
      <th scope="row" data-label="About">
        <details>
          <summary>{row.subject}</summary>
          <blockquote>{row.content}</blockquote>
        </details>
      </th>
      <td data-label="Who">{row.sentBy?.name ?? 'system'}</td>
      <td data-label="State">
        <CommunicationState standing={row} />
        {row.failureReason && <span class="muted"> {row.failureReason}</span>}
      </td>
      {mayChange && (
        <td class="next">
          {row.status === 'SCHEDULED' && (
            <form method="post" action={`${here}/${row.id}/cancel`} class="inline">
              <Csrf token={csrf} />
              <input type="hidden" name="back" value={shown} />
              <a class="button small" href={`${here}/${row.id}`} aria-label={`Change or move: ${row.subject}`}>
                Change
              </a>
              <button class="small" aria-label={`Cancel: ${row.subject}`}>
                Cancel it
              </button>
            </form>
          )}
        </td>
      )}
    </tr>
  );
}
