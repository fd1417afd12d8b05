import { randomUUID } from 'node:crypto';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import type { OutlookSchema } from '../../api/filings/outlookRoutes';
import type { UserSchema } from '../../api/users/schemas';
import type { FilingDefinition } from '../../domain/filings/definition';
import { FILED_TO_LABELS, stageLabel, withStageLabels } from '../../domain/filings/labels';
import { nextStep } from '../../domain/filings/nextStep';
import { Checkboxes, Choice, Field } from '../components/fields';
import { ApprovalFields, isSentToClient } from './approvalFields';
import type { FormFields } from '../formFields';
import { Csrf } from '../layout';
import type { PageContext } from '../pages';
import type { Filing } from './filing';
import { filingPath } from './filing';
import { RejectedBy } from './rejectedBy';

type Move = z.infer<typeof OutlookSchema>['moves'][number];

interface MoveFormProps {
  definition: FilingDefinition;
  filing: Filing;
  moves: readonly Move[];
  people: readonly z.infer<typeof UserSchema>[];
  receivedBy: z.infer<typeof OutlookSchema>['receivedBy'];
  context: PageContext;
  /** What was filled in before it was refused. */
  given?: FormFields | undefined;
}

/** The moves that I may make now, and the others with why not. */
export function MoveForm(props: MoveFormProps): JSX.Element {
  const { moves } = props;
  const foreseen = moves.filter(({ isForeseen }) => isForeseen);
  const onward = foreseen.filter(({ allowed }) => allowed);
  const refused = moves.filter(({ allowed, isForeseen, isBack }) => !allowed && (isForeseen || !isBack));
  return (
    <>
      {onward.length === 0 ? (
        <p class="muted">{withStageLabels(foreseen[0]?.reason ?? 'It has ended: there is no further stage.')}</p>
      ) : (
        <OneForm {...props} id="move" choices={onward} label="Move it" />
      )}
      {refused.length > 0 && (
        <details>
          <summary>Stages it cannot go to now</summary>
          <dl class="why-not">
            {refused.map(({ stage, reason }) => (
              <>
                <dt>{stageLabel(stage)}</dt>
                <dd>{withStageLabels(reason ?? '')}</dd>
              </>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

/** Moves back that are no rework: each names what it undoes, and needs a note. */
export function CorrectionForm(props: MoveFormProps): JSX.Element | null {
  const corrections = props.moves.filter(({ isBack, isForeseen }) => isBack && !isForeseen);
  const possible = corrections.filter(({ allowed }) => allowed);
  if (corrections.length === 0) return null;
  return (
    <details class="card" open={props.given?.text('form') === 'correct'}>
      <summary>
        <h2>Correct it</h2>
      </summary>
      {possible.length === 0 ? (
        <p class="muted">{withStageLabels(corrections[0]?.reason ?? '')}</p>
      ) : (
        <OneForm {...props} id="correct" choices={possible} label="Move it back" />
      )}
    </details>
  );
}

function OneForm({
  definition,
  filing,
  people,
  receivedBy,
  context,
  given,
  id,
  choices,
  label,
}: MoveFormProps & { id: string; choices: readonly Move[]; label: string }): JSX.Element {
  const mine = given?.text('form') === id ? given : undefined;
  const isCorrection = id === 'correct';
  const receipts = choices.find((choice) => choice.receipts.length > 0)?.receipts ?? [];
  const chosen = mine?.text('stage') ?? (isCorrection ? undefined : usualChoice(definition, filing, choices, context));
  const mayReject = isCorrection && context.me.role === 'PARTNER';
  return (
    <form method="post" action={`${filingPath(definition, filing.id)}/move`} class="move">
      <Csrf token={context.csrf} />
      <input type="hidden" name="form" value={id} />
      <input type="hidden" name="key" value={randomUUID()} />
      <input type="hidden" name="expectedStage" value={filing.currentStage} />
      <fieldset>
        <legend>To</legend>
        {choices.map(({ stage, consequences, isBack }) => (
          <label class="option">
            <input type="radio" name="stage" value={stage} checked={stage === chosen} required />
            <span>
              <strong>{stageLabel(stage)}</strong>
              {isBack && !isCorrection && <span class="muted"> back to the work</span>}
              {consequences.length > 0 && (
                <ul class="consequences">
                  {consequences.map((consequence) => (
                    <li>{consequence}</li>
                  ))}
                </ul>
              )}
            </span>
          </label>
        ))}
      </fieldset>
      {receipts.length > 0 && (
        <Checkboxes
          legend="What was filed"
          name="filedTo"
          options={receipts.map((receipt) => ({ value: receipt, label: FILED_TO_LABELS[receipt] }))}
          values={mine?.list('filedTo')}
        />
      )}
      {mayReject && <RejectedBy receivedBy={receivedBy} values={mine?.list('rejectedBy')} />}
      <div class="pair">
        <Field name={`${id}-notes`} label={isCorrection ? 'Why (the history keeps it)' : 'Note (the history keeps it)'}>
          <textarea id={`${id}-notes`} name="notes" rows={2} maxlength={500} required={isCorrection}>
            {mine?.text('notes')}
          </textarea>
        </Field>
        <Field name={`${id}-assignedUserId`} label="And hand it to">
          <Choice
            id={`${id}-assignedUserId`}
            name="assignedUserId"
            none="Leave it as it is"
            value={mine?.text('assignedUserId')}
            options={people.filter(({ isActive }) => isActive).map((person) => ({ value: person.id, label: person.name }))}
          />
        </Field>
      </div>
      {!isCorrection && choices.some(({ stage }) => isSentToClient(definition, stage)) && <ApprovalFields given={mine} />}
      <button class={isCorrection ? 'danger' : 'primary'}>{label}</button>
    </form>
  );
}

/** The choice that is made beforehand: the step that usually comes next, else the first that does not go back. */
function usualChoice(
  definition: FilingDefinition,
  filing: Filing,
  choices: readonly Move[],
  context: PageContext,
): string | undefined {
  const stage = definition.stages.find((candidate) => candidate.stage === filing.currentStage)?.stage;
  const usual = stage && nextStep(definition, stage, context.me.role);
  return (choices.find((choice) => choice.stage === usual) ?? choices.find(({ isBack }) => !isBack) ?? choices[0])?.stage;
}
