export { ltdAccountsWorkflow, vatQuarterWorkflow } from './filingWorkflow';
export { emailWorkflow, relayWorkflow, sealAuditLogWorkflow } from './operationsWorkflows';
export { chasePolicyRollout, openDueFilingsWorkflow, refreshBankHolidaysWorkflow } from './practiceWorkflows';
