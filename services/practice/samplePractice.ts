import { randomBytes } from 'node:crypto';
import type { IsoDate } from '../../domain/calendar/dates';
import { addDays, addMonths, endOfMonth } from '../../domain/calendar/dates';
import { londonDateOf } from '../../domain/calendar/london';
import type { UserRole } from '../../domain/people';
import type { ClientDependencies } from '../clients/clients';
import { createClient } from '../clients/clients';
import type { UserRecord } from '../users/users';
import { createUser } from '../users/users';

/** Colleagues of the first partner; a partner gives them passwords of their own before they can sign in. */
const COLLEAGUES: { name: string; email: string; role: UserRole }[] = [
  { name: 'Morgan Manager', email: 'manager@example.com', role: 'MANAGER' },
  { name: 'Sam Staff', email: 'sam@example.com', role: 'STAFF' },
  { name: 'Robin Staff', email: 'robin@example.com', role: 'STAFF' },
];

/**
 * A small practice to look around in: three colleagues, and clients of each VAT group and kind with the filings that are due.
 * Everybody's address is under example.com.
 */
export async function createSamplePractice(
  deps: ClientDependencies,
  partner: UserRecord,
): Promise<{ people: number; clients: number }> {
  const people = [];
  for (const colleague of COLLEAGUES)
    people.push(await createUser(deps.db.pool, partner.id, { ...colleague, password: unguessable() }));
  const [manager, sam, robin] = people;
  const clients = sampleClients(londonDateOf(deps.now()));
  for (const [index, client] of clients.entries()) {
    const staff = index % 2 === 0 ? sam : robin;
    await createClient(deps, partner, {
      ...client,
      assignedUserId: staff?.id ?? null,
      vatAssignedUserId: client.isVatEnabled ? (staff?.id ?? null) : null,
      ltdCompanyAssignedUserId: client.companyType === 'LIMITED_COMPANY' ? (manager?.id ?? null) : null,
    });
  }
  return { people: people.length, clients: clients.length };
}

function sampleClients(today: IsoDate) {
  const yearEnd = endOfMonth(addMonths(today, -2));
  const quarterly = { isVatEnabled: true, vatFrequency: 'Quarterly', vatRegistrationDate: '2019-04-01' };
  const company = (name: string, number: string, incorporationDate: IsoDate) => ({
    companyName: name,
    companyNumber: number,
    companyType: 'LIMITED_COMPANY',
    companyStatus: 'active',
    incorporationDate,
    nextYearEnd: yearEnd,
    lastAccountsMadeUpTo: addMonths(yearEnd, -12),
    nextAccountsDue: addMonths(yearEnd, 9),
    nextConfirmationDue: addDays(today, 60),
    contactName: 'Casey Contact',
    contactEmail: `${name.split(' ')[0]?.toLowerCase() ?? 'client'}@example.com`,
  });
  return [
    { ...company('Acorn Joinery Ltd', '09990001', '2015-09-14'), ...quarterly, vatQuarterGroup: 'C' },
    { ...company('Bluebell Bakery Ltd', '09990002', '2016-02-01'), ...quarterly, vatQuarterGroup: 'A' },
    { ...company('Cobalt Studio Ltd', '09990003', '2017-06-20'), ...quarterly, vatQuarterGroup: 'B' },
    {
      ...company('Dovetail Software Ltd', '09990004', '2018-01-08'),
      isVatEnabled: true,
      vatFrequency: 'Monthly',
      vatRegistrationDate: '2020-01-01',
    },
    { ...company('Elm Lettings Ltd', '09990005', '2012-11-30'), isVatEnabled: false },
    {
      companyName: 'Fern Gardening',
      companyType: 'NON_LIMITED_COMPANY',
      contactName: 'Frankie Fern',
      contactEmail: 'fern@example.com',
      ...quarterly,
      vatQuarterGroup: 'C',
    },
  ];
}

/** Nobody knows it; a partner sets another one. */
function unguessable(): string {
  return `Aa1-${randomBytes(24).toString('base64url')}`;
}
