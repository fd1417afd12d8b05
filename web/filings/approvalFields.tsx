import type { JSX } from 'hono/jsx/jsx-runtime';
import type { ApprovalContent } from '../../domain/approvals/approval';
import type { FilingDefinition } from '../../domain/filings/definition';
import { Field } from '../components/fields';
import type { FormFields } from '../formFields';

/** What the client is to see on the page on which they approve; it goes with a move that sends the filing to them. */
export function ApprovalFields({ given }: { given: FormFields | undefined }): JSX.Element {
  return (
    <details open={given !== undefined && contentOf(given) !== undefined}>
      <summary>What the client sees when they approve</summary>
      <Field name="approvalNote" label="Note to the client">
        <textarea id="approvalNote" name="approvalNote" rows={3} maxlength={2000}>
          {given?.text('approvalNote')}
        </textarea>
      </Field>
      <Field name="approvalFigures" label="Figures" hint="One a line, like: Net VAT to pay: £1,234.56">
        <textarea id="approvalFigures" name="approvalFigures" rows={3}>
          {given?.text('approvalFigures')}
        </textarea>
      </Field>
      <Field
        name="attachmentUrl"
        label="Link to the document"
        type="url"
        value={given?.text('attachmentUrl')}
        hint="An https address that the client can open"
      />
    </details>
  );
}

/** Whether a stage is one in which the client is asked to approve. */
export function isSentToClient({ stages }: FilingDefinition, stage: string): boolean {
  return stages.some((candidate) => candidate.stage === stage && candidate.chases === 'APPROVAL');
}

/** What was filled in; undefined where nothing was. */
export function contentOf(fields: FormFields): ApprovalContent | undefined {
  const lines = fields
    .text('approvalFigures')
    .split('\n')
    .flatMap((line) => line.trim() || []);
  const content = {
    note: fields.optional('approvalNote'),
    figures: lines.length > 0 ? lines.map(figureOf) : undefined,
    attachmentUrl: fields.optional('attachmentUrl'),
  };
  return Object.values(content).some((value) => value !== undefined) ? content : undefined;
}

function figureOf(line: string): { label: string; value: string } {
  const colon = line.lastIndexOf(':');
  return colon < 0 ? { label: line, value: '' } : { label: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() };
}
