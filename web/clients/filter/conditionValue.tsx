import type { JSX } from 'hono/jsx/jsx-runtime';
import type { FilterFieldType } from '../../../domain/clients/filterFields';
import { filterFieldOf, isFilterField } from '../../../domain/clients/filterFields';
import { choiceLabel } from '../clientFields';
import type { ConditionState } from './filterState';
import { FILTER_NAMES, valueCountOf } from './filterState';

export interface Option {
  value: string;
  label: string;
}

interface ConditionValueProps {
  condition: ConditionState;
  group: number;
  index: number;
  /** What the condition is about, for labels. */
  label: string;
  people: readonly Option[];
  /** The id of what is wrong with it. */
  errorId: string | undefined;
}

const YES_NO: readonly Option[] = [
  { value: 'true', label: 'yes' },
  { value: 'false', label: 'no' },
];

/** The values that a condition compares with, asked for as the field's type and the operator need. */
export function ConditionValue(props: ConditionValueProps): JSX.Element | null {
  const { condition, group, index, label, people, errorId } = props;
  const count = valueCountOf(condition);
  if (count === 'NONE') return null;
  const name = FILTER_NAMES.value(group, index);
  const options = optionsOf(condition.field, people);
  const common = { name, id: name, 'aria-invalid': errorId ? 'true' : undefined, 'aria-describedby': errorId } as const;
  const [value] = condition.values;
  if (options && count === 'MANY') return <Several options={options} values={condition.values} name={name} label={label} />;
  if (options) {
    return (
      <select {...common} aria-label={`${label}: value`} data-value>
        {value === undefined && (
          <option value="" selected>
            Choose…
          </option>
        )}
        {withUnknown(options, condition.values).map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    );
  }
  if (count === 'MANY') {
    return (
      <textarea {...common} rows={2} placeholder="One on each line" aria-label={`${label}: values, one on each line`} data-value>
        {condition.values.join('\n')}
      </textarea>
    );
  }
  const input = inputOf(condition.field);
  const to = FILTER_NAMES.value2(group, index);
  return (
    <>
      <input {...common} {...input} value={value} aria-label={`${label}: ${count === 'TWO' ? 'from' : 'value'}`} data-value />
      {count === 'TWO' && (
        <>
          <span>and</span>
          <input
            {...common}
            {...input}
            name={to}
            id={to}
            value={condition.value2}
            aria-label={`${label}: to`}
            placeholder={input.placeholder && 'To'}
          />
        </>
      )}
    </>
  );
}

/** A choice of several, which shows what is chosen while it is closed. */
function Several({
  options,
  values,
  name,
  label,
}: {
  options: readonly Option[];
  values: readonly string[];
  name: string;
  label: string;
}): JSX.Element {
  const all = withUnknown(options, values);
  const chosen = all.filter(({ value }) => values.includes(value)).map((option) => option.label);
  return (
    <details class="popover" id={`${name}-open`} data-keep-open>
      <summary aria-label={`${label}: ${chosen.join(', ') || 'nothing chosen'}`} data-value>
        {chosen.join(', ') || 'Choose…'}
      </summary>
      <div class="panel" role="group" aria-label={label}>
        {all.map(({ value, label: text }) => (
          <label class="option">
            <input type="checkbox" name={name} value={value} id={`${name}-${value}`} checked={values.includes(value)} />
            {text}
          </label>
        ))}
      </div>
    </details>
  );
}

/** What can be chosen for a field; undefined where anything can be asked for. */
function optionsOf(field: string, people: readonly Option[]): readonly Option[] | undefined {
  if (!isFilterField(field)) return undefined;
  const { type, choices, isOfUsers } = filterFieldOf(field);
  if (type === 'boolean') return YES_NO;
  if (type === 'user' || isOfUsers) return people;
  return choices?.map((value) => ({ value, label: choiceLabel(value) }));
}

/** The options with what is asked for and is none of them, a person who has left, so that it can be seen and taken away. */
function withUnknown(options: readonly Option[], values: readonly string[]): readonly Option[] {
  const unknown = values.filter((value) => !options.some((option) => option.value === value));
  return [...options, ...unknown.map((value) => ({ value, label: value }))];
}

interface InputKind {
  type: 'text' | 'date';
  inputmode?: 'decimal';
  placeholder?: string;
}

const INPUTS: Partial<Record<FilterFieldType, InputKind>> = {
  date: { type: 'date' },
  instant: { type: 'date' },
  number: { type: 'text', inputmode: 'decimal', placeholder: 'Number' },
};

function inputOf(field: string): InputKind {
  return (isFilterField(field) && INPUTS[filterFieldOf(field).type]) || { type: 'text', placeholder: 'Text' };
}
