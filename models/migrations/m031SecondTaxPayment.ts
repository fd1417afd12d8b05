import { sqlMigration } from './migration';

/** A period of account of more than twelve months has two payments of Corporation Tax. */
export const secondTaxPayment = sqlMigration(
  '031-second-tax-payment',
  'ALTER TABLE ltd_accounts_workflows ADD COLUMN ct_second_due_date date;',
  'ALTER TABLE ltd_accounts_workflows DROP COLUMN ct_second_due_date;',
);
