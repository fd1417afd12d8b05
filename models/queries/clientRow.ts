import type { InferAttributes } from 'sequelize';
import type { Client } from '../client';
import type { Database } from '../database';
import { assignedUser, columnsOf } from './statement';
import type { AssignedUser } from './statement';

/** A client with the people of its four assignments. */
export interface ClientRow extends InferAttributes<Client> {
  assignedUser: AssignedUser | null;
  ltdCompanyAssignedUser: AssignedUser | null;
  nonLtdCompanyAssignedUser: AssignedUser | null;
  vatAssignedUser: AssignedUser | null;
}

/** What to select of the client `c` for a ClientRow. */
export function clientRowColumns(db: Database): string {
  return [
    columnsOf(db.Client, 'c'),
    assignedUser('general', 'assignedUser'),
    assignedUser('ltd', 'ltdCompanyAssignedUser'),
    assignedUser('non_ltd', 'nonLtdCompanyAssignedUser'),
    assignedUser('vat', 'vatAssignedUser'),
  ].join(', ');
}

/** The joins that go with it. */
export const CLIENT_ROW_JOINS = `
  LEFT JOIN users general ON general.id = c.assigned_user_id
  LEFT JOIN users ltd ON ltd.id = c.ltd_company_assigned_user_id
  LEFT JOIN users non_ltd ON non_ltd.id = c.non_ltd_company_assigned_user_id
  LEFT JOIN users vat ON vat.id = c.vat_assigned_user_id`;
