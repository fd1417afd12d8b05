import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { ApiFailure } from '../apiClient';

interface FieldProps {
  /** Its name in the form, and in the API's list of errors. */
  name: string;
  label: string;
  type?: string;
  value?: string | undefined;
  hint?: string;
  /** The refusal of the form, from which the field shows what is about it. */
  failure?: ApiFailure | undefined;
  required?: boolean;
  autocomplete?: string;
  inputmode?: 'numeric';
  maxlength?: number;
  autofocus?: boolean;
  /** Makes it a field of several lines. */
  rows?: number;
  /** The field itself where it is no input. */
  children?: Child;
}

/** A field of a form with its label, hint and error, tied together for screen readers. */
export function Field(props: FieldProps): JSX.Element {
  const {
    name,
    label,
    type = 'text',
    value,
    hint,
    failure,
    required,
    autocomplete,
    inputmode,
    maxlength,
    autofocus,
    rows,
    children,
  } = props;
  const errors = (failure?.errors ?? [])
    .filter(({ path }) => path === name || path.startsWith(`${name}.`))
    .map(({ message }) => message);
  const error = errors.length > 0;
  const described = [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ');
  const common = {
    id: name,
    name,
    required,
    maxlength,
    'aria-describedby': described || undefined,
    'aria-invalid': error ? ('true' as const) : undefined,
  };
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {children ??
        (rows === undefined ? (
          <input {...common} type={type} value={value} autocomplete={autocomplete} inputmode={inputmode} autofocus={autofocus} />
        ) : (
          <textarea {...common} rows={rows}>
            {value}
          </textarea>
        ))}
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="error" id={`${name}-error`}>
          {errors.join('; ')}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps {
  id?: string;
  name: string;
  options: readonly { value: string; label: string }[];
  value?: string | undefined;
  /** The entry for no choice. */
  none?: string;
  label?: string;
}

/** A choice of one from a list. */
export function Choice({ id, name, options, value, none, label }: ChoiceProps): JSX.Element {
  return (
    <select id={id ?? name} name={name} aria-label={label}>
      {none !== undefined && (
        <option value="" selected={!value}>
          {none}
        </option>
      )}
      {options.map((option) => (
        <option value={option.value} selected={option.value === value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

interface CheckboxesProps {
  legend: string;
  name: string;
  options: readonly { value: string; label: string }[];
  /** What is chosen already. */
  values?: readonly string[] | undefined;
}

/** A choice of any number from a list. */
export function Checkboxes({ legend, name, options, values = [] }: CheckboxesProps): JSX.Element {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {options.map(({ value, label }) => (
        <label class="option">
          <input type="checkbox" name={name} value={value} checked={values.includes(value)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
