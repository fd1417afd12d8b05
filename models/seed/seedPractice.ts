import { Client } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import { inTransaction } from '../migrations/inTransaction';
import { clientRow } from './clients';
import { insertRows } from './insertRows';
import { personRow, samplePeople } from './people';

const BATCH = 1_000;

export interface SeedOptions {
  /** Connection URL of the owner of the tables: planner statistics are gathered at the end. */
  adminUrl: string;
  clients: number;
  /** The same number makes the same practice, on the same date. */
  seed: number;
  /** The date in London around which deadlines lie. */
  today: IsoDate;
  /** Told after each batch how many clients are there. */
  onProgress?: (clients: number) => void;
}

/** Fills a database with a believable practice, all of it or nothing. Throws where this seed is in the database already. */
export async function seedPractice({ adminUrl, clients, seed, today, onProgress }: SeedOptions): Promise<void> {
  const client = new Client({ connectionString: adminUrl, application_name: 'numericalz-seed' });
  // A lost connection is reported by the next statement; unheard, the event would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    const people = samplePeople(seed, clients);
    const plan = { seed, today, people };
    const seeded = await client.query('SELECT FROM users WHERE id = $1', [people[0].id]);
    if (seeded.rowCount !== 0) throw new Error(`The practice of seed ${seed} is in this database already; choose another seed`);
    await inTransaction(client, async () => {
      await insertRows(client, 'users', people.map(personRow));
      for (let from = 0; from < clients; from += BATCH) {
        const to = Math.min(from + BATCH, clients);
        await insertRows(
          client,
          'clients',
          Array.from({ length: to - from }, (_, index) => clientRow(plan, from + index)),
        );
        onProgress?.(to);
      }
    });
    await client.query('VACUUM (ANALYZE) clients, users');
  } finally {
    await client.end();
  }
}
