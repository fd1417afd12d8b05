import { spawnSync } from 'node:child_process';

/** What the workflow list is ordered and asked by: Temporal's own columns of this kind, and every search attribute of ours. */
const KEPT_INDEXES = String.raw`default_idx|by_(workflow_id|workflow_type|status)|by_(bool|datetime|double|int|keyword)_\d+`;

/** Python's own library: what Node has for SQLite is not in every version that we run on. */
const DROP_OTHERS = `
import re, sqlite3, sys
database = sqlite3.connect(sys.argv[1])
of_list = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'executions_visibility' AND sql IS NOT NULL"
names = [name for (name,) in database.execute(of_list)]
with database:
    for name in names:
        if not re.fullmatch(sys.argv[2], name):
            database.execute('DROP INDEX "%s"' % name)
`;

/**
 * Drops the indexes of the embedded Temporal server's workflow list that nothing asks by (docs/decisions/0013): the server writes every
 * one of them anew whenever a search attribute of a filing changes. `file` is its SQLite database, which no server may have open. Where
 * they cannot be dropped, `say` is told, and the server works with them.
 */
export function dropUnusedIndexes(file: string, say: (line: string) => void): void {
  const { status, stderr, error } = spawnSync('python3', ['-c', DROP_OTHERS, file, KEPT_INDEXES], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status === 0) return;
  const cause = error?.message ?? stderr.trim().split('\n').at(-1) ?? 'no reason given';
  say(`a move will take Temporal a little longer: indexes that nothing asks by could not be dropped with python3 (${cause})`);
}
