export { backupWorkflow, databaseRestoredWorkflow } from './backupWorkflow';
export { bulkOperationWorkflow } from './bulkOperationWorkflow';
export { refreshFromCompaniesHouse } from './companiesHouseWorkflows';
export { communicationWorkflow } from './communicationWorkflow';
export { ltdAccountsWorkflow, vatQuarterWorkflow } from './filingWorkflow';
export { emailWorkflow, exportHistoriesWorkflow, relayWorkflow, sealAuditLogWorkflow } from './operationsWorkflows';
export {
  chasePolicyRollout,
  followCorporationTaxWorkflow,
  openDueFilingsWorkflow,
  refreshBankHolidaysWorkflow,
  sendDigestsWorkflow,
} from './practiceWorkflows';
