export { ltdAccountsWorkflow, vatQuarterWorkflow } from './filingWorkflow';
