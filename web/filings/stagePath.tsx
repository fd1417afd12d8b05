import type { JSX } from 'hono/jsx/jsx-runtime';
import { displayDateOf } from '../../domain/calendar/display';
import type { FilingDefinition } from '../../domain/filings/definition';
import { stageIndex } from '../../domain/filings/definitions';
import { STAGE_LABELS } from '../../domain/filings/labels';
import type { Filing } from './filing';
import type { Move } from './history';

interface StagePathProps {
  definition: FilingDefinition;
  filing: Filing;
  history: readonly Move[];
}

/** The stages of a filing as a path: where it has been, when and by whom, where it is, and what is still to come. */
export function StagePath({ definition, filing, history }: StagePathProps): JSX.Element {
  const current = stageIndex(definition, filing.currentStage);
  const entered = entries(definition, history);
  return (
    <ol class="path" aria-label="Stages">
      {definition.stages.map(({ stage }, index) => {
        const move = index <= current ? entered.get(stage) : undefined;
        const state = index === current ? 'current' : index > current ? 'ahead' : move || index === 0 ? 'done' : 'skipped';
        return (
          <li class={state} aria-current={index === current ? 'step' : undefined}>
            <span class="name">{STAGE_LABELS[stage]}</span>
            {move && (
              <span class="when">
                {displayDateOf(move.stageChangedAt.getTime())}
                <br />
                {move.userName}
              </span>
            )}
            {state === 'skipped' && <span class="when">skipped</span>}
          </li>
        );
      })}
    </ol>
  );
}

/** The move by which each stage was entered; a move back forgets those after it. */
function entries(definition: FilingDefinition, history: readonly Move[]): Map<string, Move> {
  const entered = new Map<string, Move>();
  for (const move of history) {
    const at = stageIndex(definition, move.toStage);
    for (const stage of entered.keys()) if (stageIndex(definition, stage) > at) entered.delete(stage);
    if (move.fromStage !== move.toStage || !entered.has(move.toStage)) entered.set(move.toStage, move);
  }
  return entered;
}
