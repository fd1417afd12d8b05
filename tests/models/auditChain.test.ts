import { sealAuditRows } from '../../models/audit/seal';
import { newId } from '../../models/ids';
import { auditTrailHolds } from '../../services/audit/invariants/auditTrailHolds';
import type { TestDatabase } from '../harness/database';
import { createTestDatabase } from '../harness/database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});

afterEach(() => database.drop());

async function log(rows: number): Promise<void> {
  for (let row = 0; row < rows; row += 1) {
    await database.db.pool.query(`INSERT INTO activity_logs (id, action, details) VALUES ($1, 'SIGNED_IN', $2)`, [
      newId(),
      JSON.stringify({ row }),
    ]);
  }
}

it('chains what was committed since, again and again', async () => {
  const { pool } = database.db;
  await log(12);
  expect(await sealAuditRows(pool, 7)).toBe(7);
  expect(await sealAuditRows(pool, 7)).toBe(5);
  await log(3);
  expect(await sealAuditRows(pool, 7)).toBe(3);
  expect(await sealAuditRows(pool, 7)).toBe(0);
  const { rows } = await pool.query<{ positions: string[] }>(
    'SELECT array_agg(c.position ORDER BY c.position) AS positions FROM audit_chain c',
  );
  expect(rows[0]?.positions.map(Number)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
});

it('seals once when two sealers come together', async () => {
  const { pool } = database.db;
  await log(20);
  const sealed = await Promise.all([sealAuditRows(pool, 50), sealAuditRows(pool, 50)]);
  expect(new Set(sealed)).toEqual(new Set([0, 20]));
});

it.each([
  ['changed', `UPDATE activity_logs SET details = '{"row": 99}' WHERE id = $1`, 'the row was changed'],
  ['removed', 'DELETE FROM activity_logs WHERE id = $1', 'the row is missing'],
  ['unlinked', 'DELETE FROM audit_chain WHERE row_id = $1', 'a link before it is missing'],
])('names the first row that was %s', async (_name, statement, message) => {
  const { pool } = database.db;
  await log(5);
  await sealAuditRows(pool, 50);
  const { rows } = await pool.query<{ id: string }>('SELECT row_id AS id FROM audit_chain WHERE position = 3');
  await database.asOwner(statement, [rows[0]?.id]);
  const { violations } = await auditTrailHolds({ db: pool });
  expect(violations).toHaveLength(1);
  expect(violations[0]?.message).toContain(message);
});

it('does not let the application change what it logged', async () => {
  await log(1);
  await expect(database.db.pool.query('UPDATE activity_logs SET action = action')).rejects.toThrow('permission denied');
  await expect(database.db.pool.query('DELETE FROM activity_logs')).rejects.toThrow('permission denied');
  await expect(database.db.pool.query('TRUNCATE activity_logs')).rejects.toThrow('permission denied');
});
