import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import type { PolicyAnswerSchema } from '../../api/chasing/schemas';
import { displayDate } from '../../domain/calendar/display';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import type { ApiFailure } from '../apiClient';
import { CardTable } from '../components/cardTable';
import { Field } from '../components/fields';
import { filingPath, periodWords } from '../filings/filing';
import type { FormFields } from '../formFields';

export type Policy = z.infer<typeof PolicyAnswerSchema>;
export type Preview = NonNullable<Policy['preview']>;

/** The kinds of filings that have a policy each, by the names that addresses have for them. */
export const POLICY_KINDS = Object.values(FILING_DEFINITIONS).map((definition) => ({
  kind: definition.policyKind.toLowerCase(),
  definition,
}));
export type PolicyKind = (typeof POLICY_KINDS)[number];

const SHOWN = 50;

/** The fields of a policy that are one number of days or reminders. */
const NUMBERS = [
  ['firstReminderAfterDays', 'First reminder, days after the period’s end'],
  ['reminderEveryDays', 'Then every so many days'],
  ['afterDeadlineEveryDays', 'After the deadline every so many days'],
  ['clientReminderEveryWorkingDays', 'Queries and approval: every so many working days'],
  ['escalateToManagersAfterReminders', 'Managers are told after so many reminders'],
  ['escalateToPartnersDaysBefore', 'Partners are told so many days before the deadline'],
  ['stuckAfterDays', 'Stuck after so many days in one stage'],
] as const satisfies readonly (readonly [keyof Policy, string])[];

interface TextField {
  name: keyof Policy;
  label: string;
  type: 'number' | 'list' | 'time';
  hint?: string;
  read: (policy: Policy) => string;
}

/** The fields of a policy that are written as text. */
const TEXTS: readonly TextField[] = [
  ...NUMBERS.map(([name, label]): TextField => ({ name, label, type: 'number', read: (policy) => String(policy[name]) })),
  {
    name: 'closer',
    label: 'Nearer the deadline',
    type: 'list',
    hint: 'Within so many days / every so many, like 14/3, 7/1',
    read: ({ closer }) => closer.map((step) => `${step.withinDays}/${step.everyDays}`).join(', '),
  },
  {
    name: 'warningDaysBefore',
    label: 'Warnings, days before the deadline',
    type: 'list',
    hint: 'Like 30, 14, 7, 3, 1, 0',
    read: ({ warningDaysBefore }) => warningDaysBefore.join(', '),
  },
  { name: 'sendTime', label: 'Sent at (London)', type: 'time', read: ({ sendTime }) => sendTime },
  { name: 'lastSendTime', label: 'Late ones until (London)', type: 'time', read: ({ lastSendTime }) => lastSendTime },
];

/** The policy that a form holds; what is no number stays as it was written, for the API to refuse. */
export function policyOf(fields: FormFields): Record<string, unknown> {
  const numbers = NUMBERS.map(([name]) => [name, numberOf(fields.text(name))]);
  return {
    ...Object.fromEntries(numbers),
    closer: listOf(fields.text('closer')).map((step) => {
      const [withinDays, everyDays] = step.split('/').map((part) => numberOf(part));
      return { withinDays, everyDays };
    }),
    warningDaysBefore: listOf(fields.text('warningDaysBefore')).map(numberOf),
    sendTime: fields.text('sendTime'),
    lastSendTime: fields.text('lastSendTime'),
    workingDaysOnly: fields.text('workingDaysOnly') !== '',
  };
}

function numberOf(text: string): number | string {
  return /^\d+$/.test(text.trim()) ? Number(text) : text;
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}

interface PolicyFieldsProps {
  policy: Policy;
  /** What was filled in, where the form is shown again. */
  given: FormFields | undefined;
  failure: ApiFailure | undefined;
  /** With which other policy this one is compared. */
  practice?: Policy | undefined;
}

/** The fields of a policy; where it differs from the practice's, that stands beside. */
export function PolicyFields({ policy, given, failure, practice }: PolicyFieldsProps): JSX.Element {
  const isOn = given ? given.text('workingDaysOnly') !== '' : policy.workingDaysOnly;
  const fields = TEXTS.map((field) => {
    const value = given?.text(field.name) ?? field.read(policy);
    const usual = practice && field.read(practice);
    const difference = usual === undefined || usual === value ? '' : `The practice’s: ${usual === '' ? 'none' : usual}`;
    return { ...field, value, hint: [field.hint, difference].filter(Boolean).join('. ') };
  });
  return (
    <>
      <div class="fields aligned">
        {fields.map(({ name, label, type, value, hint }) => (
          <Field
            name={name}
            label={label}
            value={value}
            hint={hint}
            failure={failure}
            {...(type === 'number' ? { inputmode: 'numeric', required: true } : {})}
            {...(type === 'time' ? { type: 'time', required: true } : {})}
          />
        ))}
      </div>
      <label class="option">
        <input type="checkbox" name="workingDaysOnly" value="true" checked={isOn} /> On working days only
        {practice && practice.workingDaysOnly !== isOn && (
          <span class="muted">The practice’s: {practice.workingDaysOnly ? 'yes' : 'no'}</span>
        )}
      </label>
    </>
  );
}

/** Which filings in flight a change would chase differently, with the next reminder before and after. */
export function WhatItDoes({ kind: { definition }, preview }: { kind: PolicyKind; preview: Preview }): JSX.Element {
  const { filings, unchanged } = preview;
  return (
    <section class="card" aria-labelledby="preview">
      <h2 id="preview">
        {filings.length} of {filings.length + unchanged} {filings.length + unchanged === 1 ? 'filing' : 'filings'} would be chased
        differently
      </h2>
      <p class="muted">Nothing was changed yet.</p>
      {filings.length > 0 && (
        <CardTable
          caption="Filings that would be chased differently"
          headings={['Client', 'Period', 'Next reminder', 'Reminders and alerts']}
        >
          {filings.slice(0, SHOWN).map((filing) => (
            <tr data-row>
              <th scope="row" data-label="Client">
                <a href={filingPath(definition, filing.filingId)}>{filing.companyName ?? filing.clientCode}</a>
              </th>
              <td data-label="Period" class="short">
                {periodWords(filing.period)}
              </td>
              <td data-label="Next reminder" class="short">
                {next(filing)}
              </td>
              <td data-label="Reminders and alerts" class="short">
                {countWords(filing)}
              </td>
            </tr>
          ))}
        </CardTable>
      )}
      {filings.length > SHOWN && <p class="muted">And {filings.length - SHOWN} more.</p>}
    </section>
  );
}

type Previewed = Preview['filings'][number];

function next({ nextReminderBefore, nextReminderAfter }: Previewed): string {
  const [before, after] = [nextReminderBefore, nextReminderAfter].map((one) => (one ? displayDate(one.plannedFor) : 'none'));
  return before === after ? `${before}, as now` : `${before} → ${after}`;
}

/** A reminder on another day is one that is dropped and one that comes: what counts is how many more or fewer there are. */
function countWords({ added, dropped }: Previewed): string {
  const moved = Math.min(added, dropped);
  const change = added - dropped;
  return [
    change === 0 ? '' : `${Math.abs(change)} ${change > 0 ? 'more' : 'fewer'}`,
    moved === 0 ? '' : `${moved} on ${moved === 1 ? 'another day' : 'other days'}`,
  ]
    .filter(Boolean)
    .join(', ');
}
