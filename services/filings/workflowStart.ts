import type { WorkflowStartOptions } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { Pool } from 'pg';
import { formatDate } from '../../domain/calendar/dates';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import type { FilingKind } from '../../domain/filings/stages';
import { dueDate } from '../../domain/filings/state';
import { loadFiling } from '../../models/filings/loadFiling';
import { TASK_QUEUE } from '../../settings/temporal';
import type { FilingInput, FilingResult } from '../../workflows/messages';
import { searchAttributesOf } from '../../workflows/searchAttributes';

type FilingWorkflow = (input: FilingInput) => Promise<FilingResult>;

/** What a filing's workflow is started with; built from the row, so that every start of one filing is the same. */
export interface FilingStart {
  workflowType: string;
  options: Omit<WorkflowStartOptions<FilingWorkflow>, 'args'> & { args: [FilingInput] };
}

/** Reads a filing and says how its workflow is started; `now` is epoch ms. Throws when there is no such filing. */
export async function filingStart(
  db: Pool,
  kind: FilingKind,
  filingId: string,
  showClientNames: boolean,
  now: number,
): Promise<FilingStart> {
  const definition = FILING_DEFINITIONS[kind];
  const { workflowId, state } = await loadFiling(db, kind, filingId, showClientNames);
  const due = formatDate(dueDate(definition, state.dates, state.milestones));
  return {
    workflowType: definition.workflowType,
    options: {
      workflowId,
      taskQueue: TASK_QUEUE,
      args: [{ kind, filingId }],
      staticSummary: `${state.clientName ?? state.clientCode} · ${definition.label} ${state.period} · due ${due}`,
      typedSearchAttributes: new TypedSearchAttributes().updateCopy(searchAttributesOf(definition, state, now)),
    },
  };
}
