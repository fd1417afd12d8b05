import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import type { OutlookSchema } from '../../api/filings/outlookRoutes';
import type { UserSchema } from '../../api/users/schemas';
import type { FilingDefinition } from '../../domain/filings/definition';
import { withStageLabels } from '../../domain/filings/labels';
import type { Action } from '../../domain/filings/possibleActions';
import { Choice, Field } from '../components/fields';
import { Csrf } from '../layout';
import type { PageContext } from '../pages';
import type { Filing } from './filing';
import { filingPath } from './filing';
import { RejectedBy } from './rejectedBy';

type Possible = z.infer<typeof OutlookSchema>['actions'][number];

interface ActionFormsProps {
  definition: FilingDefinition;
  filing: Filing;
  actions: readonly Possible[];
  people: readonly z.infer<typeof UserSchema>[];
  receivedBy: z.infer<typeof OutlookSchema>['receivedBy'];
  context: PageContext;
}

/** What can be done besides moving: chasing, handing over, dates, ending and reopening. What I may not do says why. */
export function ActionForms({ definition, filing, actions, people, receivedBy, context }: ActionFormsProps): JSX.Element {
  const path = filingPath(definition, filing.id);
  const common = { actions, path, context };
  const date = (name: string, label: string, value: string | undefined): JSX.Element => (
    <Field name={name} label={label} type="date" value={value} />
  );
  return (
    <div class="action-list">
      <Action {...common} action="chaseNow" at="chase-now" title="Remind the client now" isPlain />
      <Action
        {...common}
        action="resumeChasing"
        at="resume-chasing"
        title="Start reminders again"
        isPlain
        hidden={!filing.isChasingPaused}
      />
      <Action {...common} action="pauseChasing" at="pause-chasing" title="Pause reminders" hidden={filing.isChasingPaused}>
        <Field name="until" label="Until (leave empty: until resumed)" type="date" />
        <Field name="pause-reason" label="Why">
          <input id="pause-reason" name="reason" required maxlength={500} />
        </Field>
      </Action>
      <Action {...common} action="reassign" at="assignee" title="Hand it over">
        <Field name="userId" label="To">
          <Choice
            name="userId"
            none="Nobody"
            value={filing.assignedUserId ?? undefined}
            options={people.filter(({ isActive }) => isActive).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
      </Action>
      <Action {...common} action="deadlinesChanged" at="deadlines" title="Change its dates">
        {date('periodEnd', 'Period ends', filing.quarterEndDate ?? filing.filingPeriodEnd)}
        {definition.deadlines.map(({ name, label }) => date(name, `${label} due`, dateOf(filing, name)))}
        <Field name="deadlines-reason" label="Why">
          <input id="deadlines-reason" name="reason" required maxlength={500} />
        </Field>
      </Action>
      <Action {...common} action="cancelFiling" at="cancel" title="Cancel it" isDangerous>
        <p>It ends without being filed, and reminders stop. A partner can reopen it.</p>
        <Field name="cancel-reason" label="Why">
          <input id="cancel-reason" name="reason" required maxlength={500} />
        </Field>
      </Action>
      <Action
        {...common}
        action="reopen"
        at="reopen"
        title="Reopen it"
        isDangerous
        hidden={!filing.isCompleted && !filing.isCancelled}
      >
        <p>{filing.isCompleted ? 'It goes back to the stage before filing.' : 'It goes on at the stage that it had.'}</p>
        <Field name="reopen-notes" label="Why">
          <input id="reopen-notes" name="notes" required maxlength={500} />
        </Field>
        <RejectedBy receivedBy={receivedBy} />
      </Action>
    </div>
  );
}

/** The date of a deadline as the row has it. */
function dateOf(filing: Filing, name: string): string | undefined {
  const value = filing[name];
  return typeof value === 'string' ? value : undefined;
}

interface ActionProps {
  action: Action;
  at: string;
  title: string;
  actions: readonly Possible[];
  path: string;
  context: PageContext;
  isPlain?: boolean;
  isDangerous?: boolean;
  hidden?: boolean;
  children?: Child;
}

function Action({
  action,
  at,
  title,
  actions,
  path,
  context,
  isPlain,
  isDangerous,
  hidden,
  children,
}: ActionProps): JSX.Element | null {
  const possible = actions.find((candidate) => candidate.action === action);
  if (hidden) return null;
  if (!possible?.allowed) {
    return (
      <p class="unavailable">
        <strong>{title}</strong> <span class="muted">{withStageLabels(possible?.reason ?? '')}</span>
      </p>
    );
  }
  const form = (
    <form method="post" action={`${path}/${at}`}>
      <Csrf token={context.csrf} />
      <input type="hidden" name="back" value={path} />
      {children}
      <button class={isDangerous ? 'danger' : undefined}>{title}</button>
    </form>
  );
  if (isPlain) return form;
  return (
    <details>
      <summary>{title}</summary>
      {form}
    </details>
  );
}
