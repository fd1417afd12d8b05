import type { Client, ScheduleOptions } from '@temporalio/client';
import { ScheduleAlreadyRunning } from '@temporalio/client';
import { SYSTEM_USER_ID, SYSTEM_USER_NAME } from '../domain/people';
import { OPERATIONS_TASK_QUEUE, TASK_QUEUE } from '../settings/temporal';
import type { CompaniesHouseRefresh } from '../workflows/messages';

const LONDON = 'Europe/London';

type Schedule = Pick<ScheduleOptions, 'scheduleId' | 'spec' | 'memo'> & { workflowType: string; args?: unknown[] };

const EVERY_COMPANY: CompaniesHouseRefresh = {
  by: { id: SYSTEM_USER_ID, name: SYSTEM_USER_NAME },
  clientIds: null,
  isBackground: true,
};

/** What the practice does by itself, in the filings' namespace where managers see it. */
const PRACTICE_SCHEDULES: Schedule[] = [
  {
    scheduleId: 'open-due-filings',
    workflowType: 'openDueFilingsWorkflow',
    spec: { calendars: [{ hour: 0, minute: 15 }], timezone: LONDON },
    memo: { purpose: 'Every day: opens the filings whose period has begun' },
  },
  {
    scheduleId: 'follow-corporation-tax',
    workflowType: 'followCorporationTaxWorkflow',
    spec: { calendars: [{ hour: 0, minute: 30 }], timezone: LONDON },
    memo: { purpose: 'Every day: says which Corporation Tax is overdue, and goes on to the next period' },
  },
  {
    scheduleId: 'refresh-bank-holidays',
    workflowType: 'refreshBankHolidaysWorkflow',
    spec: { calendars: [{ dayOfWeek: 'MONDAY', hour: 3 }], timezone: LONDON },
    memo: { purpose: 'Every week: reads the bank holidays of England and Wales' },
  },
  {
    scheduleId: 'refresh-companies',
    workflowType: 'refreshFromCompaniesHouse',
    args: [EVERY_COMPANY],
    spec: { calendars: [{ dayOfWeek: 'SUNDAY', hour: 4 }], timezone: LONDON },
    memo: { purpose: 'Every week: reads the active limited companies at Companies House' },
  },
  {
    scheduleId: 'send-digests',
    workflowType: 'sendDigestsWorkflow',
    spec: { calendars: [{ hour: 7, minute: 30 }], timezone: LONDON },
    memo: { purpose: 'Every morning: mails people what they were told, where they want it once a day' },
  },
  {
    scheduleId: 'take-backup',
    workflowType: 'backupWorkflow',
    spec: { calendars: [{ hour: 2, minute: 30 }], timezone: LONDON },
    memo: { purpose: 'Every night: backs the database up, and removes backups that were kept long enough' },
  },
];

/** What keeps the system running, often and short, in a namespace of its own. */
const OPERATIONS_SCHEDULES: Schedule[] = [
  {
    scheduleId: 'relay',
    workflowType: 'relayWorkflow',
    spec: { intervals: [{ every: '30 seconds' }] },
    memo: { purpose: 'Hands over requests, filings and e-mails that a crash left lying' },
  },
  {
    scheduleId: 'seal-audit-log',
    workflowType: 'sealAuditLogWorkflow',
    spec: { intervals: [{ every: '30 seconds', offset: '15 seconds' }] },
    memo: { purpose: 'Chains the audit rows that were committed since' },
  },
  {
    scheduleId: 'export-histories',
    workflowType: 'exportHistoriesWorkflow',
    spec: { intervals: [{ every: '1 minute', offset: '20 seconds' }] },
    memo: { purpose: 'Keeps the histories of filings that have ended, in plain language, beside their rows' },
  },
];

/** Makes the Schedules that are missing; one that is there is brought to what the code says. Safe to repeat, by any number of workers. */
export async function ensureSchedules(filings: Client, operations: Client): Promise<void> {
  for (const schedule of PRACTICE_SCHEDULES) await ensureSchedule(filings, TASK_QUEUE, schedule);
  for (const schedule of OPERATIONS_SCHEDULES) await ensureSchedule(operations, OPERATIONS_TASK_QUEUE, schedule);
}

async function ensureSchedule(
  client: Client,
  taskQueue: string,
  { scheduleId, workflowType, args, spec, memo }: Schedule,
): Promise<void> {
  const action = { type: 'startWorkflow' as const, workflowType, taskQueue, workflowId: scheduleId, args: args ?? [] };
  const policies = { overlap: 'SKIP' as const, catchupWindow: '1 day' as const };
  try {
    await client.schedule.create({ scheduleId, spec, action, policies, ...(memo ? { memo } : {}) });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule.getHandle(scheduleId).update(({ state }) => ({ spec, action, policies, state }));
  }
}
