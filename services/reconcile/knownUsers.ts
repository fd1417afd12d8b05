import type { Pool } from 'pg';
import type { FilingRecord } from '../../domain/filings/record';

/** The same record without the ids of users whom the database does not know any more: they stay by name, and nobody is assigned. */
export async function withKnownUsers(db: Pool, record: FilingRecord): Promise<FilingRecord> {
  const { actor, state } = record;
  const milestones = Object.entries(state.milestones);
  const ids = [actor.userId, state.assignee?.userId, ...milestones.map(([, { userId }]) => userId)].filter(
    (id) => typeof id === 'string',
  );
  const { rows } = await db.query<{ id: string }>('SELECT id FROM users WHERE id = ANY($1)', [ids]);
  const known = new Set(rows.map(({ id }) => id));
  const knownOrNull = (id: string | null): string | null => (id !== null && known.has(id) ? id : null);
  return {
    ...record,
    actor: { ...actor, userId: knownOrNull(actor.userId) },
    state: {
      ...state,
      assignee: state.assignee && known.has(state.assignee.userId) ? state.assignee : null,
      milestones: Object.fromEntries(
        milestones.map(([name, milestone]) => [name, { ...milestone, userId: knownOrNull(milestone.userId) }]),
      ),
    },
  };
}
