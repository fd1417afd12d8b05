import type { FilingDefinition } from './definition';

/** The annual accounts of a limited company: filed at Companies House, and to HMRC with the Company Tax Return. */
export const LTD_ACCOUNTS: FilingDefinition = {
  kind: 'LTD_ACCOUNTS',
  label: 'Ltd accounts',
  title: 'Ltd accounts',
  clientLabel: 'accounts',
  route: 'ltd-accounts',
  workflowType: 'ltdAccountsWorkflow',
  workflowIdPrefix: 'ltd-accounts',
  policyKind: 'LTD',
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
        { to: 'MANAGER_DISCUSSION', by: 'STAFF' },
        { to: 'PARTNER_REVIEW', by: 'STAFF' },
      ],
    },
    {
      stage: 'MANAGER_DISCUSSION',
      mover: 'MANAGER',
      waitingFor: 'MANAGER',
      moves: [
        { to: 'WORK_IN_PROGRESS', by: 'MANAGER' },
        { to: 'PARTNER_REVIEW', by: 'MANAGER' },
      ],
    },
    {
      stage: 'PARTNER_REVIEW',
      mover: 'PARTNER',
      waitingFor: 'PARTNER',
      moves: [
        { to: 'WORK_IN_PROGRESS', by: 'PARTNER' },
        { to: 'REVIEW_COMPLETED', by: 'PARTNER' },
      ],
    },
    {
      stage: 'REVIEW_COMPLETED',
      mover: 'STAFF',
      waitingFor: 'STAFF',
      moves: [
        { to: 'SENT_TO_CLIENT', by: 'STAFF' },
        { to: 'WORK_IN_PROGRESS', by: 'STAFF' },
      ],
    },
    {
      stage: 'SENT_TO_CLIENT',
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
      waitingFor: 'PARTNER',
      moves: [
        { to: 'PARTNER_APPROVED', by: 'PARTNER' },
        { to: 'WORK_IN_PROGRESS', by: 'STAFF' },
      ],
    },
    {
      stage: 'PARTNER_APPROVED',
      mover: 'STAFF',
      waitingFor: 'STAFF',
      moves: [
        { to: 'FILED', by: 'STAFF' },
        { to: 'WORK_IN_PROGRESS', by: 'STAFF' },
      ],
    },
    { stage: 'FILED', mover: 'PARTNER', waitingFor: 'NOBODY', moves: [] },
  ],
  milestones: [
    { name: 'chaseStarted', reachedBy: ['PAPERWORK_CHASED'] },
    { name: 'paperworkReceived', reachedBy: ['PAPERWORK_RECEIVED'] },
    { name: 'workStarted', reachedBy: ['WORK_IN_PROGRESS'] },
    { name: 'managerDiscussion', reachedBy: ['MANAGER_DISCUSSION'] },
    { name: 'partnerReview', reachedBy: ['PARTNER_REVIEW'] },
    { name: 'reviewCompleted', reachedBy: ['REVIEW_COMPLETED'] },
    { name: 'sentToClient', reachedBy: ['SENT_TO_CLIENT'] },
    { name: 'clientApproved', reachedBy: ['CLIENT_APPROVED'] },
    { name: 'partnerApproved', reachedBy: ['PARTNER_APPROVED'] },
    { name: 'filed', reachedBy: ['FILED'] },
    {
      name: 'filedToCompaniesHouse',
      reachedBy: [],
      filedTo: 'COMPANIES_HOUSE',
      keptUntilRejectedBy: 'COMPANIES_HOUSE',
    },
    { name: 'filedToHMRC', reachedBy: [], filedTo: 'HMRC', keptUntilRejectedBy: 'HMRC' },
    { name: 'clientSelfFiling', reachedBy: [], filedTo: 'CLIENT_SELF_FILING' },
  ],
  workMilestones: [['workStarted'], ['managerDiscussion', 'partnerReview']],
  deadlines: [
    { name: 'accountsDueDate', label: 'Accounts', metBy: 'filedToCompaniesHouse', isFilingDeadline: true },
    {
      name: 'ctReturnDueDate',
      label: 'Company Tax Return',
      metBy: 'filedToHMRC',
      isFilingDeadline: true,
      forCorporationTax: true,
    },
    {
      name: 'ctDueDate',
      label: 'Corporation Tax payment',
      metBy: 'filedToHMRC',
      isFilingDeadline: false,
      forCorporationTax: true,
    },
    {
      name: 'ctSecondDueDate',
      label: 'Corporation Tax payment for the second accounting period',
      metBy: 'filedToHMRC',
      isFilingDeadline: false,
      forCorporationTax: true,
      ofLongPeriods: true,
    },
  ],
  receipts: ['COMPANIES_HOUSE', 'HMRC', 'CLIENT_SELF_FILING'],
  filedToRequired: true,
};
