import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';

/** What the Temporal server itself has of a namespace, with every payload as the text that it holds. */
export async function everythingIn(client: Client): Promise<{ workflowId: string; text: string }[]> {
  const seen: { workflowId: string; text: string }[] = [];
  for await (const execution of client.workflow.list()) {
    const { workflowId, runId, raw } = execution;
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const { events } = JSON.parse(historyToJSON(history));
    const listed = { ...raw, identity: null };
    seen.push({ workflowId, text: JSON.stringify([readable(JSON.parse(JSON.stringify(listed))), readable(events)]) });
  }
  return seen;
}

/** Payloads as text; names of machines, which the server writes by itself, are left out. */
function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  const fields = new Map<string, unknown>(Object.entries(value));
  const data = fields.get('data');
  if (fields.has('metadata') && typeof data === 'string') return Buffer.from(data, 'base64').toString('utf8');
  const kept = [...fields].filter(([name]) => name !== 'identity' && name !== 'name');
  return Object.fromEntries(kept.map(([name, field]) => [name, readable(field)]));
}
