import { spawnSync } from 'node:child_process';

/** By the list's own order, by the column that every question names, and by what the Web UI and our programs narrow their questions with. */
const KEPT_INDEXES = ['default_idx', 'by_temporal_namespace_division', 'by_workflow_id', 'by_workflow_type', 'by_status'];

/**
 * Python's own library: what Node has for SQLite is not in every version that we run on. All is done or nothing, and no file is made. The
 * words of a row are its columns that the trigger names; their index is told of a change of theirs only.
 */
const LIGHTEN = `
import pathlib, re, sqlite3, sys
database = sqlite3.connect(pathlib.Path(sys.argv[1]).as_uri() + '?mode=rw', uri=True)
database.execute('BEGIN IMMEDIATE')
of_list = "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = 'executions_visibility' AND sql IS NOT NULL"
for kind, name, sql in database.execute(of_list).fetchall():
    if kind == 'index' and name not in sys.argv[2:]:
        database.execute('DROP INDEX "%s"' % name)
    if kind == 'trigger' and ' AFTER UPDATE ' in sql and 'WHEN' not in sql:
        words = sorted(set(re.findall(r'\\bOLD\\.(\\w+)', sql)) - {'rowid'})
        changed = ' OR '.join('OLD.%s IS NOT NEW.%s' % (word, word) for word in words)
        database.execute('DROP TRIGGER "%s"' % name)
        database.execute(sql.replace('BEGIN', 'WHEN %s BEGIN' % changed, 1))
database.commit()
`;

/**
 * Makes a change of the embedded Temporal server's workflow list cheap (docs/decisions/0013). `file` is its SQLite database,
 * which no server may have open. Where that cannot be done, `say` is told, and the server works as it is.
 */
export function lightenWorkflowList(file: string, say: (line: string) => void): void {
  const { status, stderr, error } = spawnSync('python3', ['-c', LIGHTEN, file, ...KEPT_INDEXES], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status === 0) return;
  const cause = error?.message ?? stderr.trim().split('\n').at(-1) ?? 'no reason given';
  say(`a move will take Temporal a little longer: its workflow list could not be made lighter with python3 (${cause})`);
}
