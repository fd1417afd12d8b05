import type { Connection } from '@temporalio/client';
import { isGrpcServiceError } from '@temporalio/client';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes';
import { msToTs } from '@temporalio/common/lib/time';
import { SEARCH_ATTRIBUTES } from '../workflows/searchAttributes';

/** Closed filings stay readable for as long as records must be kept. */
const FILINGS_RETENTION_DAYS = 7 * 366;
/** What runs every few seconds must not bury the rest. */
const OPERATIONS_RETENTION_DAYS = 3;

const ALREADY_EXISTS = 6;

/** Makes both namespaces and registers the search attributes; safe to repeat, and done before every start of a worker. */
export async function prepareTemporal(
  connection: Connection,
  namespaces: { filings: string; operations: string },
): Promise<void> {
  await ensureNamespace(connection, namespaces.filings, FILINGS_RETENTION_DAYS);
  await ensureNamespace(connection, namespaces.operations, OPERATIONS_RETENTION_DAYS);
  await registerSearchAttributes(connection, namespaces.filings);
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
