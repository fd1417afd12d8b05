import { SendingSchema } from '../../api/approval/sendingRoutes';
import { FilingReminderSchema, OutlookSchema } from '../../api/filings/outlookRoutes';
import { FilingChangeSchema, FilingHistorySchema, FilingSchema } from '../../api/filings/schemas';
import { EmailSchema } from '../../api/logs/routes';
import { UserSchema } from '../../api/users/schemas';
import { displayDateOf, displayInstant } from '../../domain/calendar/display';
import { displayDate } from '../../domain/calendar/display';
import type { FilingDefinition } from '../../domain/filings/definition';
import { stageLabel, WAITING_FOR_LABELS } from '../../domain/filings/labels';
import type { ApiFailure } from '../apiClient';
import { days, Due, StageBadge } from '../components/badges';
import type { FormFields } from '../formFields';
import type { Page, PageContext, Web } from '../pages';
import { page } from '../pages';
import { ActionForms } from './actionForms';
import { ApprovalSendings } from './approvalSendings';
import type { Filing } from './filing';
import { filedOf, filingPath, periodEnd, periodName, periodStart } from './filing';
import type { Move } from './history';
import { Emails, History, Reminders } from './history';
import { CorrectionForm, MoveForm } from './moveForm';
import { StagePath } from './stagePath';

const EMAILS = 20;

/** The page of one filing. */
export function filingPages(web: Web, definition: FilingDefinition): void {
  page(web, `/${definition.route}/:id`, (context) => filingPage(definition, context));
}

/** A filing with everything that may be done about it; after a refused move with what was filled in, and who was faster. */
export async function filingPage(
  definition: FilingDefinition,
  context: PageContext,
  failure?: ApiFailure,
  given?: FormFields,
): Promise<Page> {
  const { api, c } = context;
  const id = encodeURIComponent(c.req.param('id') ?? '');
  const route = `/${definition.route}/${id}`;
  const [filing, outlook, history, changes, sendings, reminders, emails, people] = await Promise.all([
    api.get(route, FilingSchema),
    api.get(`${route}/outlook`, OutlookSchema),
    api.get(`${route}/history`, FilingHistorySchema.array()),
    api.get(`${route}/changes`, FilingChangeSchema.array()),
    api.get(`${route}/approvals`, SendingSchema.array()),
    api.get(`${route}/reminders`, FilingReminderSchema.array()),
    api.list(`/email-logs?filingId=${id}&limit=${EMAILS}`, EmailSchema),
    api.get('/users', UserSchema.array()),
  ]);
  const forms = { definition, filing, people, receivedBy: outlook.receivedBy, context, given };
  return {
    title: `${filing.client.companyName} ${definition.label} ${periodName(filing)}`,
    body: (
      <>
        <nav class="crumbs" aria-label="Where this is">
          <a href={`/${definition.route}`}>{definition.title}</a>
        </nav>
        <div class="heading">
          <h1>
            <a href={`/clients/${filing.client.id}`}>{filing.client.companyName}</a>{' '}
            <span class="code">{filing.client.clientCode}</span>{' '}
            <span class="period">
              {definition.label} {periodName(filing)}
            </span>
          </h1>
        </div>
        {failure && <Meanwhile failure={failure} history={history} given={given} />}
        <div data-live-filings={filing.id}>
          <Facts definition={definition} filing={filing} />
          <StagePath definition={definition} filing={filing} history={history} />
          <p class="why">
            <strong>{outlook.waitingBecause}</strong>
            {outlook.nextAutomaticAction && (
              <>
                {' '}
                Next by itself: {outlook.nextAutomaticAction.sentence.toLowerCase()} on{' '}
                {displayInstant(outlook.nextAutomaticAction.plannedAt.getTime())}.
              </>
            )}
          </p>
        </div>
        <div class="columns wide-left">
          <div>
            <section class="card" aria-labelledby="move-title">
              <h2 id="move-title">Move it on</h2>
              <MoveForm {...forms} moves={outlook.moves} />
            </section>
            <CorrectionForm {...forms} moves={outlook.moves} />
            <section class="card" aria-labelledby="history-title">
              <h2 id="history-title">History</h2>
              <History history={history} changes={changes} people={people} />
            </section>
          </div>
          <div>
            <section class="card" aria-labelledby="actions-title">
              <h2 id="actions-title">Also</h2>
              <ActionForms {...forms} actions={outlook.actions} />
              <p>
                <a href={`${filingPath(definition, filing.id)}/temporal`}>Its run in the Temporal UI</a>
              </p>
            </section>
            {sendings.length > 0 && (
              <section class="card" aria-labelledby="approvals-title">
                <h2 id="approvals-title">Sent to the client for approval</h2>
                <ApprovalSendings sendings={sendings} />
              </section>
            )}
            <section class="card" aria-labelledby="reminders-title">
              <h2 id="reminders-title">
                Reminders and alerts <span class="count">{filing.remindersSent} sent</span>
              </h2>
              <Reminders reminders={reminders} ledger={`/api/v1${route}/reminders`} />
            </section>
            <section class="card" aria-labelledby="emails-title">
              <h2 id="emails-title">E-mails</h2>
              <Emails emails={emails.rows} />
            </section>
          </div>
        </div>
      </>
    ),
  };
}

function Facts({ definition, filing }: { definition: FilingDefinition; filing: Filing }) {
  const deadlines = definition.deadlines.length > 1 ? definition.deadlines : [];
  return (
    <dl class="facts">
      <div>
        <dt>Stage</dt>
        <dd>
          <StageBadge stage={filing.currentStage} /> {days(filing.daysInStage)}
        </dd>
      </div>
      <div>
        <dt>Due</dt>
        <dd>
          <Due filing={filing} />
        </dd>
      </div>
      <div>
        <dt>Period</dt>
        <dd>
          {periodStart(filing)} to {periodEnd(filing)}
        </dd>
      </div>
      <div>
        <dt>Waits for</dt>
        <dd>{WAITING_FOR_LABELS[filing.waitingFor]}</dd>
      </div>
      <div>
        <dt>Assigned</dt>
        <dd>{filing.assignedUser?.name ?? 'Nobody'}</dd>
      </div>
      <div>
        <dt>Next reminder</dt>
        <dd>
          {filing.isChasingPaused
            ? `Paused${filing.chasingPausedUntil ? ` until ${displayDate(filing.chasingPausedUntil)}` : ''}`
            : filing.nextReminderAt
              ? displayDateOf(filing.nextReminderAt.getTime())
              : 'None planned'}
        </dd>
      </div>
      {deadlines.map(({ name, label }) => (
        <div>
          <dt>{label}</dt>
          <dd>{typeof filing[name] === 'string' ? displayDate(filing[name]) : '–'}</dd>
        </div>
      ))}
      {filedOf(definition, filing).map(({ label, when, who }) => (
        <div>
          <dt>{label}</dt>
          <dd>
            {when} <span class="muted">{who}</span>
          </dd>
        </div>
      ))}
      {filing.cancelReason && (
        <div>
          <dt>Cancelled because</dt>
          <dd>{filing.cancelReason}</dd>
        </div>
      )}
    </dl>
  );
}

/** Two people on one filing: who was faster, and what they did. */
function Meanwhile({
  failure,
  history,
  given,
}: {
  failure: ApiFailure;
  history: readonly Move[];
  given: FormFields | undefined;
}) {
  const isStale = failure.errors.some(({ message }) => message === 'STALE_STAGE' || message === 'SAME_STAGE');
  const last = history.at(-1);
  if (!isStale || !last) return null;
  const wanted = given?.text('stage');
  return (
    <p class="flash waiting" role="status">
      Moved by {last.userName} meanwhile: {last.fromStage ? `${stageLabel(last.fromStage)} to ` : ''}
      {stageLabel(last.toStage)}, {displayInstant(last.stageChangedAt.getTime())}.
      {wanted ? ` You wanted it in ${stageLabel(wanted)}: look whether that is still right.` : ''}
    </p>
  );
}
