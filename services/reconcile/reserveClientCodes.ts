import type { Client } from '@temporalio/client';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { FILING_KINDS } from '../../domain/filings/stages';
import { skipClientCodes } from '../../models/clientCodes';
import type { Pool } from 'pg';

/**
 * Clients that came after the backup have workflows by their codes. Another client must never get such a code: its filings would have
 * the ids of those workflows and could not start.
 */
export async function reserveClientCodes(db: Pool, temporal: Client, say: (line: string) => void): Promise<void> {
  const types = FILING_KINDS.map((kind) => `'${FILING_DEFINITIONS[kind].workflowType}'`).join(', ');
  let highest = 0;
  for await (const { workflowId } of temporal.workflow.list({ query: `WorkflowType IN (${types})` })) {
    highest = Math.max(highest, Number(/^[a-z-]+:NZ-(\d+):/.exec(workflowId)?.[1] ?? 0));
  }
  const skipped = await skipClientCodes(db, highest);
  if (skipped > 0) say(`Codes up to NZ-${highest} were given before: the next client gets a later one`);
}
