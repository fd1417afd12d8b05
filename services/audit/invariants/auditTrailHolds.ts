import type { ChainLink } from '../../../models/audit/seal';
import { AUDITED_TABLES, linkHash, readLinks, sha256 } from '../../../models/audit/seal';
import { APPEND_ONLY_TABLES } from '../../../models/grants';
import type { AuditedDatabase, Finding, Violation } from './violation';

const INVARIANT = 'the audit trail is append-only and its chain holds';
const PAGE = 5000;
/** The sealer comes every half minute. */
const LONGEST_UNSEALED = '5 minutes';

/** Follows the chain from its first link and names the first row that does not fit; looks at the grants, and for rows that no link holds. */
export async function auditTrailHolds({ db, isAtRest = false }: AuditedDatabase): Promise<Finding> {
  const violations: Violation[] = [];
  const found = (record: string, message: string): void => void violations.push({ invariant: INVARIANT, record, message });
  for (const table of APPEND_ONLY_TABLES) {
    const { rows } = await db.query<{ privilege: string }>(
      `SELECT p AS privilege FROM unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) p WHERE has_table_privilege(current_user, $1, p)`,
      [table],
    );
    for (const { privilege } of rows) found(table, `the application’s role may ${privilege} it`);
  }
  for (const table of AUDITED_TABLES) {
    const { rows } = await db.query<{ id: string }>(
      `SELECT r.id FROM ${table} r WHERE NOT $1 AND r.recorded_at < clock_timestamp() - interval '${LONGEST_UNSEALED}'
         AND NOT EXISTS (SELECT FROM audit_chain c WHERE c.table_name = '${table}' AND c.row_id = r.id) LIMIT 10`,
      [isAtRest],
    );
    for (const { id } of rows) found(`${table} ${id}`, 'no link of the chain holds it');
  }
  const { checked, broken } = await followChain(db);
  if (broken) found(broken.record, broken.message);
  return { checked, violations };
}

async function followChain(
  db: AuditedDatabase['db'],
): Promise<{ checked: number; broken?: { record: string; message: string } }> {
  let position = 0;
  let previousHash = '0'.repeat(64);
  for (;;) {
    const links = await readLinks(db, position, PAGE);
    for (const link of links) {
      const record = `${link.tableName} ${link.rowId}`;
      position += 1;
      const message = linkProblem(link, position, previousHash);
      if (message) return { checked: position, broken: { record, message: `link ${position}: ${message}` } };
      previousHash = link.hash;
    }
    if (links.length < PAGE) return { checked: position };
  }
}

function linkProblem(link: ChainLink, position: number, previousHash: string): string | undefined {
  if (link.position !== position) return 'a link before it is missing';
  if (link.content === null) return 'the row is missing';
  if (sha256(link.content) !== link.rowHash) return 'the row was changed';
  if (link.previousHash !== previousHash) return 'it does not follow the link before it';
  return linkHash(previousHash, link.tableName, link.rowId, link.rowHash) === link.hash ? undefined : 'its hash does not fit';
}
