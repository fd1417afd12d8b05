import type { UserRole } from '../../domain/people';
import type { SeedRow } from './insertStatement';
import { FIRST_NAMES, SURNAMES } from './names';
import { createRandom, indexKey, seededId } from './random';

/** Someone of the sample practice. */
export interface SeededPerson {
  id: string;
  email: string;
  name: string;
  role: UserRole;
}

const CLIENTS_OF_ONE = 120;
const MOST_PEOPLE = 80;
const PARTNERS = 2;
const MANAGERS = 3;
/** Keeps people and clients of one seed apart. */
const PEOPLE_FROM = 1_000_000_000;

/** The people of a practice with so many clients: two partners, three managers, and staff enough for the rest. */
export function samplePeople(seed: number, clients: number): [SeededPerson, ...SeededPerson[]] {
  const staff = Math.min(Math.max(3, Math.ceil(clients / CLIENTS_OF_ONE)), MOST_PEOPLE);
  const others = Array.from({ length: PARTNERS + MANAGERS + staff - 1 }, (_, index) => person(seed, index + 1));
  return [person(seed, 0), ...others];
}

/** The row of a person; '!' is the hash of no password, so nobody can sign in as one. */
export function personRow({ id, email, name, role }: SeededPerson): SeedRow {
  return { id, email, name, role, password: '!', is_active: true };
}

function person(seed: number, index: number): SeededPerson {
  const random = createRandom(seed, PEOPLE_FROM + index);
  const id = seededId(random, indexKey(index));
  const [first, last] = [random.pick(FIRST_NAMES), random.pick(SURNAMES)];
  const role = index < PARTNERS ? 'PARTNER' : index < PARTNERS + MANAGERS ? 'MANAGER' : 'STAFF';
  return { id, email: `${first}.${last}.${seed}.${index + 1}@example.com`.toLowerCase(), name: `${first} ${last}`, role };
}
