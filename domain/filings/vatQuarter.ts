import type { FilingDefinition } from './definition';

/** A VAT return, from the first reminder for records to its submission to HMRC. */
export const VAT_QUARTER: FilingDefinition = {
  kind: 'VAT_QUARTER',
  label: 'VAT',
  title: 'VAT quarters',
  clientLabel: 'VAT return',
  route: 'vat-quarters',
  workflowType: 'vatQuarterWorkflow',
  workflowIdPrefix: 'vat-quarter',
  policyKind: 'VAT',
  stages: [
    {
      stage: 'PAPERWORK_PENDING_CHASE',
      mover: 'STAFF',
      waitingFor: 'CLIENT',
      chases: 'PAPERWORK',
      moves: [
        { to: 'PAPERWORK_CHASED', by: 'STAFF' },
        { to: 'PAPERWORK_RECEIVED', by: 'STAFF' },
      ],
    },
    {
      stage: 'PAPERWORK_CHASED',
      mover: 'STAFF',
      waitingFor: 'CLIENT',
      chases: 'PAPERWORK',
      moves: [{ to: 'PAPERWORK_RECEIVED', by: 'STAFF' }],
    },
    { stage: 'PAPERWORK_RECEIVED', mover: 'STAFF', waitingFor: 'STAFF', moves: [{ to: 'WORK_IN_PROGRESS', by: 'STAFF' }] },
    {
      stage: 'WORK_IN_PROGRESS',
      mover: 'STAFF',
      waitingFor: 'STAFF',
      moves: [
        { to: 'QUERIES_PENDING', by: 'STAFF' },
        { to: 'REVIEW_PENDING_MANAGER', by: 'STAFF' },
        { to: 'REVIEW_PENDING_PARTNER', by: 'STAFF' },
      ],
    },
    {
      stage: 'QUERIES_PENDING',
      mover: 'STAFF',
      waitingFor: 'CLIENT',
      chases: 'QUERIES',
      moves: [
        { to: 'WORK_IN_PROGRESS', by: 'STAFF' },
        { to: 'REVIEW_PENDING_MANAGER', by: 'STAFF' },
        { to: 'REVIEW_PENDING_PARTNER', by: 'STAFF' },
      ],
    },
    {
      stage: 'REVIEW_PENDING_MANAGER',
      mover: 'MANAGER',
      waitingFor: 'MANAGER',
      moves: [
        { to: 'WORK_IN_PROGRESS', by: 'MANAGER' },
        { to: 'QUERIES_PENDING', by: 'MANAGER' },
        { to: 'REVIEW_PENDING_PARTNER', by: 'MANAGER' },
        { to: 'EMAILED_TO_PARTNER', by: 'MANAGER' },
        { to: 'EMAILED_TO_CLIENT', by: 'MANAGER' },
      ],
    },
    {
      stage: 'REVIEW_PENDING_PARTNER',
      mover: 'PARTNER',
      waitingFor: 'PARTNER',
      moves: [
        { to: 'WORK_IN_PROGRESS', by: 'PARTNER' },
        { to: 'QUERIES_PENDING', by: 'PARTNER' },
        { to: 'EMAILED_TO_PARTNER', by: 'PARTNER' },
        { to: 'EMAILED_TO_CLIENT', by: 'PARTNER' },
      ],
    },
    {
      stage: 'EMAILED_TO_PARTNER',
      mover: 'PARTNER',
      waitingFor: 'PARTNER',
      moves: [
        { to: 'WORK_IN_PROGRESS', by: 'PARTNER' },
        { to: 'EMAILED_TO_CLIENT', by: 'PARTNER' },
      ],
    },
    {
      stage: 'EMAILED_TO_CLIENT',
      mover: 'STAFF',
      waitingFor: 'CLIENT',
      chases: 'APPROVAL',
      moves: [
        { to: 'CLIENT_APPROVED', by: 'STAFF' },
        { to: 'WORK_IN_PROGRESS', by: 'STAFF' },
      ],
    },
    {
      stage: 'CLIENT_APPROVED',
      mover: 'STAFF',
      waitingFor: 'STAFF',
      moves: [
        { to: 'FILED_TO_HMRC', by: 'STAFF' },
        { to: 'WORK_IN_PROGRESS', by: 'STAFF' },
      ],
    },
    { stage: 'FILED_TO_HMRC', mover: 'PARTNER', waitingFor: 'NOBODY', moves: [] },
  ],
  milestones: [
    { name: 'chaseStarted', reachedBy: ['PAPERWORK_CHASED'] },
    { name: 'paperworkReceived', reachedBy: ['PAPERWORK_RECEIVED'] },
    { name: 'workStarted', reachedBy: ['WORK_IN_PROGRESS'] },
    { name: 'workFinished', reachedBy: ['REVIEW_PENDING_MANAGER', 'REVIEW_PENDING_PARTNER'] },
    { name: 'sentToClient', reachedBy: ['EMAILED_TO_CLIENT'] },
    { name: 'clientApproved', reachedBy: ['CLIENT_APPROVED'] },
    { name: 'filedToHMRC', reachedBy: ['FILED_TO_HMRC'] },
  ],
  workMilestones: [['workStarted'], ['workFinished']],
  deadlines: [{ name: 'filingDueDate', label: 'VAT return', metBy: 'filedToHMRC', isFilingDeadline: true }],
  receipts: ['HMRC'],
  filedToRequired: false,
};
