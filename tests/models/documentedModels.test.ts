import type { Database } from '../../models';
import { newId } from '../../models/ids';
import type { TestDatabase } from '../harness/database';
import { createTestDatabase } from '../harness/database';
import { makeClient, makeLtdAccounts, makeUser, makeVatQuarter } from '../harness/practice';
import { DOCUMENTED_FIELDS } from './documentedFields';

let test: TestDatabase;
let db: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  db = test.db;
  await makePractice();
});

afterAll(() => test.drop());

/** One row of every model, related in every way there is. */
async function makePractice(): Promise<void> {
  const { id: userId, name: userName } = await makeUser(db, 'Una User', 'STAFF');
  const client = await makeClient(db, 'Related Ltd', { assignedUserId: userId });
  await db.Client.update(
    { ltdCompanyAssignedUserId: userId, nonLtdCompanyAssignedUserId: userId, vatAssignedUserId: userId },
    { where: { id: client.id } },
  );
  const quarter = { period: '2024-Q1', start: '2024-01-01', end: '2024-03-31', due: '2024-05-07' };
  const year = {
    start: '2023-04-01',
    end: '2024-03-31',
    accountsDue: '2024-12-31',
    ctDue: '2025-01-01',
    ctReturnDue: '2025-03-31',
  };
  const vat = await makeVatQuarter(db, client, quarter, userId);
  const ltd = await makeLtdAccounts(db, client, year, userId);
  const move = {
    userId,
    userName,
    userRole: 'STAFF',
    source: 'API',
    sequence: 1,
    stageChangedAt: new Date(),
    toStage: 'PAPERWORK_RECEIVED',
  } as const;
  await db.VATWorkflowHistory.create({ ...move, filingId: vat.filingId, transitionId: newId() });
  await db.LtdAccountsWorkflowHistory.create({ ...move, filingId: ltd.filingId, transitionId: newId() });
  await db.ActivityLog.create({ action: 'CLIENT_CREATED', userId, clientId: client.id, details: null });
  await db.Communication.create({
    type: 'PHONE',
    subject: 'Call',
    content: 'Rang',
    clientId: client.id,
    sentByUserId: userId,
  });
  await db.EmailLog.create({
    recipientEmail: 'r@example.com',
    subject: 'Hello',
    content: 'Hello',
    emailType: 'NOTIFICATION',
    clientId: client.id,
    triggeredBy: userId,
    idempotencyKey: newId(),
  });
  await db.Notification.create({ userId, type: 'TEST', title: 'T', message: 'M' });
}

const fields = Object.entries(DOCUMENTED_FIELDS).flatMap(([model, names]) =>
  names
    .trim()
    .split(/\s+/)
    .map((name): [string, string, boolean] => [model, name.replace('?', ''), name.endsWith('?')]),
);

it.each(fields)('%s has the field %s', async (model, name, isOptional) => {
  const attribute = db.sequelize.model(model).getAttributes()[name];
  const { rows } = await db.pool.query(
    `SELECT is_nullable = 'YES' AS "isOptional" FROM information_schema.columns WHERE table_name = $1 AND column_name = $2`,
    [db.sequelize.model(model).getTableName(), attribute?.field],
  );
  expect(rows).toEqual([{ isOptional }]);
});

/** Each by the names of the models and those of the relationship mappings. */
const RELATIONS = {
  User: `assignedClients ltdCompanyAssignedClients ltdAssignedClients nonLtdCompanyAssignedClients nonLtdAssignedClients
    vatAssignedClients assignedVATQuarters assignedLtdWorkflows activityLogs sentCommunications triggeredEmailLogs notifications`,
  Client: `assignedUser ltdCompanyAssignedUser ltdAssignedUser nonLtdCompanyAssignedUser nonLtdAssignedUser vatAssignedUser
    vatQuartersWorkflow vatQuarters ltdAccountsWorkflows ltdWorkflows activityLogs communications emailLogs`,
  VATQuarter: 'client assignedUser workflowHistory',
  LtdAccountsWorkflow: 'client assignedUser workflowHistory',
  ActivityLog: 'user client',
  Communication: 'client sentBy',
  EmailLog: 'client triggeredByUser',
};

const relations = Object.entries(RELATIONS).flatMap(([model, names]) =>
  names
    .trim()
    .split(/\s+/)
    .map((name): [string, string] => [model, name]),
);

it.each(relations)('%s includes %s', async (model, name) => {
  const related = db.sequelize.model(model).associations[name]?.target.name;
  const where = model === 'User' ? { name: 'Una User' } : {};
  const row = await db.sequelize.model(model).findOne({ where, include: [name], rejectOnEmpty: true });
  const found = [row.get(name)].flat();
  expect(found.map((one) => Object(one).constructor.name)).toEqual([related]);
});

/** By the database's name of the type. The document's comments name the values of those that it does not list as enums. */
const ENUMS = {
  user_role: 'PARTNER MANAGER STAFF',
  company_type: 'LIMITED_COMPANY NON_LIMITED_COMPANY',
  vat_workflow_stage: `PAPERWORK_PENDING_CHASE PAPERWORK_CHASED PAPERWORK_RECEIVED WORK_IN_PROGRESS QUERIES_PENDING
    REVIEW_PENDING_MANAGER REVIEW_PENDING_PARTNER EMAILED_TO_PARTNER EMAILED_TO_CLIENT CLIENT_APPROVED FILED_TO_HMRC`,
  ltd_accounts_workflow_stage: `PAPERWORK_PENDING_CHASE PAPERWORK_CHASED PAPERWORK_RECEIVED WORK_IN_PROGRESS MANAGER_DISCUSSION
    PARTNER_REVIEW REVIEW_COMPLETED SENT_TO_CLIENT CLIENT_APPROVED PARTNER_APPROVED FILED`,
  // An e-mail that was overtaken before it was sent is neither sent nor failed.
  email_status: 'PENDING SENT DELIVERED FAILED SUPPRESSED',
  email_type: 'ASSIGNMENT NOTIFICATION WORKFLOW',
  communication_type: 'EMAIL SMS PHONE',
  corporation_tax_status: 'PENDING IN_PROGRESS FILED OVERDUE NOT_REQUIRED',
  corporation_tax_due_source: 'AUTO MANUAL',
  vat_frequency: 'Monthly Quarterly',
  vat_quarter_group: 'A B C',
};

it.each(Object.entries(ENUMS))('%s has the documented values', async (type, values) => {
  const { rows } = await db.pool.query(
    `SELECT e.enumlabel AS value FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid WHERE t.typname = $1 ORDER BY e.enumsortorder`,
    [type],
  );
  expect(rows).toEqual(values.split(/\s+/).map((value) => ({ value })));
});
