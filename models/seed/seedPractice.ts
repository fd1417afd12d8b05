import { Client } from 'pg';
import type { ClientBase } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import { FILING_KINDS } from '../../domain/filings/stages';
import { packagedBankHolidays } from '../../domain/uk/packagedBankHolidays';
import { FILING_TABLES } from '../filings/filingTables';
import { inTransaction } from '../migrations/inTransaction';
import { COLUMN_TYPES } from '../pool';
import { insertClients } from './insertClients';
import { insertStatement } from './insertStatement';
import { personRow, samplePeople } from './people';

/** How far back the oldest filing of a sample practice lies. */
const YEARS_BACK = 3;

export interface SeedOptions {
  /** Connection URL of the owner of the tables: planner statistics are gathered at the end. */
  adminUrl: string;
  clients: number;
  /** The same number makes the same practice, on the same date. */
  seed: number;
  /** The date in London around which deadlines lie. */
  today: IsoDate;
  /** Whether the clients' filings are made as well, with what happened to them so far; the relay starts the workflows of the open ones. */
  filings?: boolean;
  /** Told after each batch how many clients there are. */
  onProgress?: (clients: number) => void;
}

/** Fills a database with a believable practice, all of it or nothing. Throws where this seed is in the database already. */
export async function seedPractice(options: SeedOptions): Promise<void> {
  const client = new Client({
    connectionString: options.adminUrl,
    application_name: 'numericalz-seed',
    types: COLUMN_TYPES,
  });
  // A lost connection is reported by the next statement; unheard, the event would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    await inTransaction(client, () => insertPractice(client, options));
    const filingTables = FILING_KINDS.flatMap((kind) => [FILING_TABLES[kind].table, FILING_TABLES[kind].historyTable]);
    const tables = ['clients', 'users', ...(options.filings ? filingTables : [])];
    await client.query(`VACUUM (ANALYZE) ${tables.join(', ')}`);
  } finally {
    await client.end();
  }
}

async function insertPractice(client: ClientBase, options: SeedOptions): Promise<void> {
  const { clients, seed, today, filings = false, onProgress = () => {} } = options;
  // A batch fits into memory while it is read.
  await client.query(`SET LOCAL work_mem = '64MB'`);
  const people = samplePeople(seed, clients);
  const seeded = await client.query('SELECT FROM users WHERE id = $1', [people[0].id]);
  if (seeded.rowCount !== 0) throw new Error(`The practice of seed ${seed} is in this database already; choose another seed`);
  await client.query(insertStatement('users', people.map(personRow)));
  const plan = { seed, today, people, bankHolidays: bankHolidaysAround(today) };
  await insertClients(client, plan, { clients, filings, onProgress });
}

function bankHolidaysAround(today: IsoDate): IsoDate[] {
  const year = Number(today.slice(0, 4));
  return packagedBankHolidays(year - YEARS_BACK, year).map(({ date }) => date);
}
