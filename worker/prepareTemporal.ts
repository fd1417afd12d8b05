import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import { isGrpcServiceError } from '@temporalio/client';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes';
import { msToTs } from '@temporalio/common/lib/time';
import { SEARCH_ATTRIBUTES } from '../workflows/searchAttributes';

/** Closed filings stay readable for as long as records must be kept. */
const FILINGS_RETENTION_DAYS = 7 * 366;
/** What runs every few seconds must not bury the rest. */
const OPERATIONS_RETENTION_DAYS = 3;

/** Servers read what is registered again once a minute at the latest. */
const KNOWN_WITHIN_MS = 90_000;
const ASK_AGAIN_MS = 250;

const INVALID_ARGUMENT = 3;
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;

/** Makes both namespaces and registers the search attributes, and waits until they can be searched for; safe to repeat, and done before every start of a worker. */
export async function prepareTemporal(
  connection: Connection,
  namespaces: { filings: string; operations: string },
): Promise<void> {
  await ensureNamespace(connection, namespaces.filings, FILINGS_RETENTION_DAYS);
  await ensureNamespace(connection, namespaces.operations, OPERATIONS_RETENTION_DAYS);
  await registerSearchAttributes(connection, namespaces.filings);
  await untilSearchAttributesAreKnown(connection, namespaces.filings);
}

/** Registers the search attributes of filings; without them a start is refused and an upsert would block its workflow. */
export async function registerSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(
      SEARCH_ATTRIBUTES.flatMap(({ name, type }) => {
        const indexedType = encodeSearchAttributeIndexedValueType(type);
        return indexedType === undefined ? [] : [[name, indexedType]];
      }),
    ),
  });
}

async function untilSearchAttributesAreKnown({ workflowService }: Connection, namespace: string): Promise<void> {
  const query = SEARCH_ATTRIBUTES.map(({ name }) => `${name} IS NULL`).join(' AND ');
  const until = Date.now() + KNOWN_WITHIN_MS;
  for (;;) {
    try {
      await workflowService.countWorkflowExecutions({ namespace, query });
      return;
    } catch (error) {
      const code: number | undefined = isGrpcServiceError(error) ? error.code : undefined;
      if ((code !== INVALID_ARGUMENT && code !== NOT_FOUND) || Date.now() > until) throw error;
      await delay(ASK_AGAIN_MS);
    }
  }
}

async function ensureNamespace(connection: Connection, namespace: string, retentionDays: number): Promise<void> {
  const workflowExecutionRetentionPeriod = msToTs(`${retentionDays} days`);
  try {
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
  } catch (error) {
    if (!isGrpcServiceError(error)) throw error;
    const code: number = error.code;
    if (code !== ALREADY_EXISTS) throw error;
    await connection.workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: workflowExecutionRetentionPeriod },
    });
  }
}
