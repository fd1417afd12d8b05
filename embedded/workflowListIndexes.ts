import { spawnSync } from 'node:child_process';

/** By the list's own order, by the column that every question names, and by what the Web UI and our programs narrow their questions with. */
const KEPT_INDEXES = ['default_idx', 'by_temporal_namespace_division', 'by_workflow_id', 'by_workflow_type', 'by_status'];

/** Python's own library: what Node has for SQLite is not in every version that we run on. All are dropped or none, and no file is made. */
const DROP_OTHERS = `
import pathlib, sqlite3, sys
database = sqlite3.connect(pathlib.Path(sys.argv[1]).as_uri() + '?mode=rw', uri=True)
database.execute('BEGIN IMMEDIATE')
of_list = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'executions_visibility' AND sql IS NOT NULL"
for (name,) in database.execute(of_list).fetchall():
    if name not in sys.argv[2:]:
        database.execute('DROP INDEX "%s"' % name)
database.commit()
`;

/**
 * Drops most indexes of the embedded Temporal server's workflow list (docs/decisions/0013): the server writes every one of them anew
 * whenever a search attribute of a filing changes. `file` is its SQLite database, which no server may have open. Where
 * they cannot be dropped, `say` is told, and the server works with them.
 */
export function dropCostlyIndexes(file: string, say: (line: string) => void): void {
  const { status, stderr, error } = spawnSync('python3', ['-c', DROP_OTHERS, file, ...KEPT_INDEXES], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status === 0) return;
  const cause = error?.message ?? stderr.trim().split('\n').at(-1) ?? 'no reason given';
  say(`a move will take Temporal a little longer: indexes of its workflow list could not be dropped with python3 (${cause})`);
}
