import { formatDate, isIsoDate } from '../calendar/dates';
import type { FilingDefinition, StageDefinition } from './definition';
import { LTD_ACCOUNTS } from './ltdAccounts';
import type { FilingKind, Stage } from './stages';
import { VAT_QUARTER } from './vatQuarter';

/** Every kind of filing; a further kind is a further definition here. */
export const FILING_DEFINITIONS: Record<FilingKind, FilingDefinition> = { VAT_QUARTER, LTD_ACCOUNTS };

/** Position of a stage in its kind's order, or -1 for a stage of no such kind. */
export function stageIndex(definition: FilingDefinition, stage: string): number {
  return definition.stages.findIndex((candidate) => candidate.stage === stage);
}

/** The definition of a stage; throws for a stage that is not of this kind. */
export function stageDefinition(definition: FilingDefinition, stage: Stage): StageDefinition {
  const found = definition.stages[stageIndex(definition, stage)];
  if (!found) throw new RangeError(`${stage} is not a stage of ${definition.label}`);
  return found;
}

/** The stage that ends a filing of this kind. */
export function finalStage(definition: FilingDefinition): Stage {
  const last = definition.stages[definition.stages.length - 1];
  if (!last) throw new RangeError(`${definition.label} has no stages`);
  return last.stage;
}

/** The stage before the final one: where a reopened filing goes on. */
export function stageBeforeFiling(definition: FilingDefinition): Stage {
  const stage = definition.stages[definition.stages.length - 2];
  if (!stage) throw new RangeError(`${definition.label} has no stage before its last`);
  return stage.stage;
}

/** What people call a filing of a client: "VAT 2024-Q1", "Ltd accounts to 31 Mar 2024". */
export function filingName(label: string, period: string): string {
  return `${label} ${isIsoDate(period) ? `to ${formatDate(period)}` : period}`;
}

/** What people know a filing by among others: "VAT 2024-Q1 of NZ-12", or with the name "VAT 2024-Q1 of Acme Ltd (NZ-12)". */
export function filingSubject(
  kind: FilingKind,
  { period, clientCode, companyName }: { period: string; clientCode: string; companyName?: string },
): string {
  const client = companyName === undefined ? clientCode : `${companyName} (${clientCode})`;
  return `${filingName(FILING_DEFINITIONS[kind].label, period)} of ${client}`;
}

/** The workflow id of a filing, e.g. `vat-quarter:NZ-12:2024-Q1`; made once, stored with the row and never computed again. */
export function filingWorkflowId(definition: FilingDefinition, clientCode: string, period: string): string {
  return `${definition.workflowIdPrefix}:${clientCode}:${period}`;
}
