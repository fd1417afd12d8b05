import type { JSX } from 'hono/jsx/jsx-runtime';
import type { GroupOperator } from '../../../domain/clients/advancedFilter';
import { filterFieldOf, isFilterField, OPERATORS_BY_TYPE } from '../../../domain/clients/filterFields';
import { FILTER_FIELD_PARTS, filterFieldLabel, filterOperatorLabel } from '../../../domain/clients/filterWords';
import type { Option } from './conditionValue';
import { ConditionValue } from './conditionValue';
import type { ConditionState, FilterState } from './filterState';
import { FILTER_NAMES, isComplete } from './filterState';

interface FilterBuilderProps {
  filter: FilterState;
  people: readonly Option[];
  /** What the API did not understand, by its place in the form, like `1.2`. */
  problems: ReadonlyMap<string, string>;
}

/** The part of the list's form in which a filter is made: groups of conditions, each a row of what, how and with which value. */
export function FilterBuilder({ filter, people, problems }: FilterBuilderProps): JSX.Element {
  const groups = filter.groups.length > 0 ? filter.groups : [{ operator: 'AND' as const, conditions: [] }];
  const isOne = groups.length === 1;
  const hasConditions = groups.some(({ conditions }) => conditions.length > 0);
  return (
    <div class="builder" role="group" aria-label="Conditions" data-builder>
      {groups.map(({ operator, conditions }, groupIndex) => {
        const group = groupIndex + 1;
        return (
          <>
            {groupIndex > 0 && (
              <Match
                name={FILTER_NAMES.match}
                operator={filter.operator}
                label="Groups are joined by"
                isChoice={groupIndex === 1}
              />
            )}
            <div class={isOne ? 'conditions' : 'conditions boxed'} role="group" aria-label={`Group ${group}`} data-group>
              {conditions.length < 2 && <input type="hidden" name={FILTER_NAMES.groupMatch(group)} value={operator} />}
              {conditions.map((condition, index) => (
                <>
                  {index > 0 && (
                    <Match
                      name={FILTER_NAMES.groupMatch(group)}
                      operator={operator}
                      label={isOne ? 'Conditions are joined by' : `Conditions of group ${group} are joined by`}
                      isChoice={index === 1}
                    />
                  )}
                  <Condition
                    condition={condition}
                    group={group}
                    index={index + 1}
                    people={people}
                    problem={problems.get(`${group}.${index + 1}`)}
                  />
                </>
              ))}
              <AddCondition group={group} index={conditions.length + 1} isOne={isOne} />
              {isOne && hasConditions && <AddGroup />}
              {!isOne && (
                <button class="plain" name={FILTER_NAMES.remove} value={group}>
                  Remove group {group}
                </button>
              )}
            </div>
          </>
        );
      })}
      {!isOne && <AddGroup />}
    </div>
  );
}

/** How two neighbours are joined: chosen once for all of them, and said between the others. */
function Match({
  name,
  operator,
  label,
  isChoice,
}: {
  name: string;
  operator: GroupOperator;
  label: string;
  isChoice: boolean;
}): JSX.Element {
  if (!isChoice) return <span class="match">{operator === 'OR' ? 'or' : 'and'}</span>;
  return (
    <select class="match" name={name} id={name} aria-label={label}>
      <option value="AND" selected={operator === 'AND'}>
        and
      </option>
      <option value="OR" selected={operator === 'OR'}>
        or
      </option>
    </select>
  );
}

interface ConditionProps {
  condition: ConditionState;
  group: number;
  index: number;
  people: readonly Option[];
  problem: string | undefined;
}

function Condition({ condition, group, index, people, problem }: ConditionProps): JSX.Element {
  const { field, operator } = condition;
  const place = `${group}.${index}`;
  const label = filterFieldLabel(field);
  const errorId = problem === undefined ? undefined : `${place}-error`;
  const operatorName = FILTER_NAMES.operator(group, index);
  return (
    <div class="condition" role="group" aria-label={label}>
      <div class={problem === undefined ? 'pill' : 'pill wrong'}>
        <span class="of">{label}</span>
        <input type="hidden" name={FILTER_NAMES.field(group, index)} value={field} />
        <select name={operatorName} id={operatorName} aria-label={`${label}: how`}>
          {operatorsOf(condition).map((option) => (
            <option value={option.value} selected={option.value === operator}>
              {option.label}
            </option>
          ))}
        </select>
        {/* Of another field or operator it is another element: a browser keeps what was chosen in one that stays. */}
        <span class="value" id={`${place}-${field}-${operator}`}>
          <ConditionValue condition={condition} group={group} index={index} label={label} people={people} errorId={errorId} />
        </span>
        <button
          class="remove"
          name={FILTER_NAMES.remove}
          value={place}
          id={`remove-${place}`}
          aria-label={`Remove the condition on ${label}`}
        >
          <span aria-hidden="true">×</span>
        </button>
      </div>
      {problem !== undefined && (
        <p class="error" id={errorId}>
          {problem}
        </p>
      )}
      {problem === undefined && !isComplete(condition) && <p class="hint">Counts once it is filled in.</p>}
    </div>
  );
}

/** The operators that the field takes; one that it does not is shown as it was asked, to be changed. */
function operatorsOf({ field, operator }: ConditionState): Option[] {
  if (!isFilterField(field)) return [{ value: operator, label: operator }];
  const { type } = filterFieldOf(field);
  const known = OPERATORS_BY_TYPE[type].map((value): Option => ({ value, label: filterOperatorLabel(value, type) }));
  return known.some(({ value }) => value === operator) ? known : [{ value: operator, label: operator }, ...known];
}

/** The list of all fields, each of which begins a condition. */
function AddCondition({ group, index, isOne }: { group: number; index: number; isOne: boolean }): JSX.Element {
  return (
    <details class="popover add" id={`add-${group}`}>
      <summary class="button small" data-add-condition>
        + Condition{!isOne && <span class="sr"> in group {group}</span>}
      </summary>
      <div class="panel fields-panel" role="group" aria-label="Fields">
        <input
          type="search"
          class="script-only"
          placeholder="Find a field"
          aria-label="Find a field"
          autocomplete="off"
          data-find-field
        />
        <div class="parts">
          {FILTER_FIELD_PARTS.map(({ title, fields }) => (
            <div class="part" role="group" aria-label={title}>
              <strong>{title}</strong>
              {fields.map(({ field, label }) => (
                <button class="plain" name={FILTER_NAMES.field(group, index)} value={field}>
                  {label}
                </button>
              ))}
            </div>
          ))}
        </div>
      </div>
    </details>
  );
}

function AddGroup(): JSX.Element {
  return (
    <button class="small" name={FILTER_NAMES.addGroup} value="true" id="add-group">
      + Group
    </button>
  );
}
