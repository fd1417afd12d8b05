import { Client } from 'pg';
import { BULK_KINDS, BULK_RECORD_STATUSES, BULK_STATUSES } from '../../domain/bulk/operations';
import {
  COMPANY_TYPES,
  CORPORATION_TAX_DUE_SOURCES,
  CORPORATION_TAX_STATUSES,
  VAT_FREQUENCIES,
  VAT_QUARTER_GROUPS,
} from '../../domain/clients/clientFields';
import { STATUTORY_DATES } from '../../domain/companiesHouse/company';
import { PROPOSAL_STATUSES } from '../../domain/companiesHouse/proposal';
import { POLICY_KINDS } from '../../domain/chasing/policy';
import { REMINDER_KINDS, REMINDER_RECIPIENTS, REMINDER_STATUSES } from '../../domain/chasing/reminderKinds';
import { COMMUNICATION_TYPES, EMAIL_STATUSES, EMAIL_TYPES } from '../../domain/email';
import { SUPPRESSION_REASONS } from '../../domain/emails/delivery';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { HISTORY_SOURCES } from '../../domain/filings/historySources';
import { REQUEST_TYPES } from '../../domain/filings/messages';
import { REQUEST_STATUSES } from '../../domain/filings/requestStatuses';
import { FILING_KINDS, WAITING_FOR } from '../../domain/filings/stages';
import { NOTIFICATION_EMAILS } from '../../domain/notifications/emailChoice';
import { SYSTEM_USER_ID, SYSTEM_USER_NAME, TWO_FACTOR_METHODS, USER_ROLES } from '../../domain/people';
import { API_TOKEN_SCOPES, PASSWORD_LINK_PURPOSES, SESSION_KINDS } from '../../domain/sessions';
import { AUDITED_TABLES } from '../../models/audit/seal';
import { FILING_TABLES } from '../../models/filings/filingTables';
import { APPEND_ONLY_TABLES } from '../../models/grants';
import { migrate } from '../../models/migrator';
import { createTestDatabase } from '../harness/database';
import type { TestDatabase } from '../harness/database';
import { makeClient, makeLtdAccounts, makeUser, makeVatQuarter } from '../harness/practice';
import { DOCUMENTED_INDEXES } from './documentedIndexes';

const Q1 = { period: '2024-Q1', start: '2024-01-01', end: '2024-03-31', due: '2024-05-07' };
/** The column of a table that is only added to, where it is not recorded_at. */
const TIME_COLUMNS: Record<string, string> = { audit_chain: 'chained_at', history_exports: 'created_at' };
const YEAR = {
  start: '2023-04-01',
  end: '2024-03-31',
  accountsDue: '2024-12-31',
  ctDue: '2025-01-01',
  ctReturnDue: '2025-03-31',
};

let test: TestDatabase;
let owner: Client;

beforeAll(async () => {
  test = await createTestDatabase();
  owner = new Client(test.adminUrl);
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await test.drop();
});

it('has the lists of domain/ as enum types, in the same order', async () => {
  const { rows } = await owner.query<{ name: string; values: string[] }>(`
    SELECT t.typname AS name, array_agg(e.enumlabel::text ORDER BY e.enumsortorder) AS values
    FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid GROUP BY t.typname`);
  expect(Object.fromEntries(rows.map(({ name, values }) => [name, values]))).toEqual({
    user_role: USER_ROLES,
    session_kind: SESSION_KINDS,
    two_factor_method: TWO_FACTOR_METHODS,
    api_token_scope: API_TOKEN_SCOPES,
    password_link_purpose: PASSWORD_LINK_PURPOSES,
    company_type: COMPANY_TYPES,
    corporation_tax_status: CORPORATION_TAX_STATUSES,
    corporation_tax_due_source: CORPORATION_TAX_DUE_SOURCES,
    vat_frequency: VAT_FREQUENCIES,
    vat_quarter_group: VAT_QUARTER_GROUPS,
    ...Object.fromEntries(
      FILING_KINDS.map((kind) => [FILING_TABLES[kind].stageType, FILING_DEFINITIONS[kind].stages.map(({ stage }) => stage)]),
    ),
    filing_kind: FILING_KINDS,
    waiting_for: WAITING_FOR,
    history_source: HISTORY_SOURCES,
    email_status: EMAIL_STATUSES,
    email_type: EMAIL_TYPES,
    suppression_reason: SUPPRESSION_REASONS,
    notification_emails: NOTIFICATION_EMAILS,
    communication_type: COMMUNICATION_TYPES,
    filing_request_type: REQUEST_TYPES,
    filing_request_status: REQUEST_STATUSES,
    reminder_kind: REMINDER_KINDS,
    reminder_status: REMINDER_STATUSES,
    reminder_recipient: REMINDER_RECIPIENTS,
    chase_policy_kind: POLICY_KINDS,
    bulk_kind: BULK_KINDS,
    bulk_status: BULK_STATUSES,
    bulk_record_status: BULK_RECORD_STATUSES,
    statutory_date: STATUTORY_DATES,
    date_proposal_status: PROPOSAL_STATUSES,
  });
});

it.each(Object.entries(DOCUMENTED_INDEXES))('has the documented index %s', async (name, definition) => {
  const { rows } = await owner.query<{ definition: string }>(
    `SELECT CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END || regexp_replace(pg_get_indexdef(c.oid), '.* ON public\\.', '') AS definition
     FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid WHERE c.relname = $1`,
    [name],
  );
  expect(rows).toEqual([{ definition }]);
});

it('has SYSTEM as an inactive user without a password', async () => {
  const system = await test.db.User.findByPk(SYSTEM_USER_ID, { rejectOnEmpty: true });
  expect(system).toMatchObject({ name: SYSTEM_USER_NAME, isActive: false, isSystem: true, password: '!' });
});

it('lets foreign keys of the audit tables delete and change nothing', async () => {
  const { rows } = await owner.query(
    `SELECT conrelid::regclass::text AS table, confdeltype, confupdtype FROM pg_constraint
     WHERE contype = 'f' AND conrelid::regclass::text = ANY ($1)`,
    [AUDITED_TABLES],
  );
  expect(rows.length).toBe(AUDITED_TABLES.length * 2);
  for (const row of rows) expect(row).toMatchObject({ confdeltype: 'a', confupdtype: 'a' });
});

describe('the application role', () => {
  it.each(APPEND_ONLY_TABLES)('adds to %s and cannot change or remove anything', async (table) => {
    const first = `SELECT FROM ${table} LIMIT 1`;
    await expect(test.db.pool.query(first)).resolves.toBeDefined();
    for (const statement of [`UPDATE ${table} SET recorded_at = now()`, `DELETE FROM ${table}`, `TRUNCATE ${table}`]) {
      await expect(test.db.pool.query(statement.replace('recorded_at', TIME_COLUMNS[table] ?? 'recorded_at'))).rejects.toThrow(
        `permission denied for table ${table}`,
      );
    }
    const { rows } = await test.db.pool.query(`SELECT has_table_privilege($1, 'INSERT') AS may_insert`, [table]);
    expect(rows).toEqual([{ may_insert: true }]);
  });

  it('cannot change the schema or what the migrator keeps', async () => {
    await expect(test.db.pool.query('CREATE TABLE mine (id int)')).rejects.toThrow(/permission denied/);
    await expect(test.db.pool.query('DROP TABLE clients')).rejects.toThrow(/must be owner/);
    await expect(test.db.pool.query('DELETE FROM schema_migrations')).rejects.toThrow(/permission denied/);
  });

  it('keeps its rights when migrations run again, also where owner and application are one role', async () => {
    await migrate({ adminUrl: test.adminUrl, applicationUrl: test.url });
    await migrate({ adminUrl: test.adminUrl, applicationUrl: test.adminUrl });
    await expect(test.db.Client.count()).resolves.toBeGreaterThanOrEqual(0);
    await expect(test.db.pool.query('DELETE FROM activity_logs')).rejects.toThrow(/permission denied/);
  });
});

describe('a database that someone writes to by hand', () => {
  it('refuses an unknown stage', async () => {
    const client = await makeClient(test.db, 'Unknown Stage Ltd');
    const quarter = await makeVatQuarter(test.db, client, Q1);
    await expect(owner.query(`UPDATE vat_quarters SET current_stage = 'DONE' WHERE id = $1`, [quarter.filingId])).rejects.toThrow(
      'invalid input value for enum vat_workflow_stage: "DONE"',
    );
    await expect(
      owner.query(`UPDATE vat_quarters SET current_stage = 'FILED' WHERE id = $1`, [quarter.filingId]),
    ).rejects.toThrow('invalid input value for enum vat_workflow_stage: "FILED"');
    const { filingId } = await makeLtdAccounts(test.db, client, YEAR);
    await expect(
      owner.query(`UPDATE ltd_accounts_workflows SET current_stage = 'FILED_TO_HMRC' WHERE id = $1`, [filingId]),
    ).rejects.toThrow('invalid input value for enum ltd_accounts_workflow_stage: "FILED_TO_HMRC"');
  });

  it('refuses a second quarter of the same period, or with the same first day', async () => {
    const client = await makeClient(test.db, 'Second Quarter Ltd');
    await makeVatQuarter(test.db, client, Q1);
    await expect(makeVatQuarter(test.db, client, { ...Q1, start: '2024-01-02' })).rejects.toThrow(
      'idx_vat_quarters_client_quarter',
    );
    await expect(makeVatQuarter(test.db, client, { ...Q1, period: '2024-Q1-2' })).rejects.toThrow(
      'idx_vat_quarters_client_start',
    );
  });

  it('refuses a filing whose end is before its start', async () => {
    const client = await makeClient(test.db, 'Backwards Ltd');
    await expect(makeVatQuarter(test.db, client, { ...Q1, end: '2023-12-31' })).rejects.toThrow('vat_quarters_period_check');
    await expect(makeLtdAccounts(test.db, client, { ...YEAR, end: '2023-03-31' })).rejects.toThrow(
      'ltd_accounts_workflows_period_check',
    );
    await expect(makeVatQuarter(test.db, client, { ...Q1, end: Q1.start })).resolves.toBeDefined();
  });

  it('refuses a second Ltd filing from the same day, and a date that does not exist', async () => {
    const client = await makeClient(test.db, 'Second Year Ltd');
    await makeLtdAccounts(test.db, client, YEAR);
    await expect(makeLtdAccounts(test.db, client, { ...YEAR, end: '2024-06-30' })).rejects.toThrow(
      'idx_ltd_accounts_workflows_client_start',
    );
    await expect(makeVatQuarter(test.db, client, { ...Q1, due: '2023-02-29' })).rejects.toThrow(
      'date/time field value out of range',
    );
  });

  it('refuses a filing, an assignee or a history row without its parent', async () => {
    await expect(makeVatQuarter(test.db, { id: 'cmissing', code: 'NZ-0' }, Q1)).rejects.toThrow('vat_quarters_client_id_fkey');
    const client = await makeClient(test.db, 'Orphans Ltd');
    await expect(makeVatQuarter(test.db, client, Q1, 'cnobody')).rejects.toThrow('vat_quarters_assigned_user_id_fkey');
  });

  it('refuses two users with one e-mail address, in whatever case', async () => {
    const user = await makeUser(test.db, 'First', 'STAFF');
    const again = `INSERT INTO users (id, email, name, password, role) VALUES ('c2', $1, 'Second', '!', 'STAFF')`;
    await expect(owner.query(again, [`${user.id}@example.com`])).rejects.toThrow('idx_users_email');
    await expect(owner.query(again, [`${user.id.toUpperCase()}@example.com`])).rejects.toThrow('users_email_check');
  });

  it('keeps updated_at true', async () => {
    const client = await makeClient(test.db, 'Touched Ltd');
    const read = async (): Promise<number> =>
      (
        await owner.query<{ at: Date }>('SELECT updated_at AS at FROM clients WHERE id = $1', [client.id])
      ).rows[0]?.at.getTime() ?? 0;
    const before = await read();
    await owner.query(`SELECT pg_sleep(0.01)`);
    await owner.query(`UPDATE clients SET notes = 'seen' WHERE id = $1`, [client.id]);
    expect(await read()).toBeGreaterThan(before);
    await owner.query(`UPDATE clients SET updated_at = '2020-01-01' WHERE id = $1`, [client.id]);
    expect(new Date(await read()).toISOString()).toBe('2020-01-01T00:00:00.000Z');
  });
});
