import type { UserRole } from '../../domain/people';
import type { ApiCaller } from '../harness/apiCaller';
import type { RunningPractice } from '../harness/runningPractice';

export const PARTNER = { email: 'partner@example.com', password: 'Partner-Password-1' };
const PASSWORD = 'Colleague-Pass-1';

/** Somebody of the practice, as they sign in. */
export interface Colleague {
  id: string;
  email: string;
  password: string;
}

/** A practice on an ordinary day: a manager, a staff member, and clients of whom some are theirs. */
export interface Day {
  api: ApiCaller;
  manager: Colleague;
  staff: Colleague;
  /** Looks after Acme Ltd's VAT. */
  acmeId: string;
}

export async function makeDay(practice: RunningPractice): Promise<Day> {
  const api = await practice.partner();
  const manager = await colleague(api, 'Morgan Manager', 'MANAGER');
  const staff = await colleague(api, 'Sam Staff', 'STAFF');
  const acmeId = await client(api, 'Acme Ltd', staff.id);
  await client(api, 'Zebra Ltd', null);
  return { api, manager, staff, acmeId };
}

async function colleague(api: ApiCaller, name: string, role: UserRole): Promise<Colleague> {
  const email = `${name.toLowerCase().replace(' ', '.')}@example.com`;
  const made = await api.post('/users', { name, email, password: PASSWORD, role });
  return { id: made.row().id, email, password: PASSWORD };
}

async function client(api: ApiCaller, companyName: string, assignedUserId: string | null): Promise<string> {
  const made = await api.post('/clients', {
    companyName,
    companyType: 'LIMITED_COMPANY',
    contactName: 'Casey Contact',
    contactEmail: 'casey@example.com',
    isVatEnabled: true,
    vatFrequency: 'Quarterly',
    vatQuarterGroup: 'C',
    vatRegistrationDate: '2020-01-01',
    incorporationDate: '2015-04-01',
    nextYearEnd: '2026-03-31',
  });
  const { id } = made.row();
  if (assignedUserId !== null) await api.put(`/clients/${id}/assignments/vat`, { userId: assignedUserId });
  return id;
}
