import { parseArgs } from 'node:util';
import { z } from 'zod';
import { isIsoDate } from '../domain/calendar/dates';
import { londonDateOf } from '../domain/calendar/london';
import { seedPractice } from '../models/seed/seedPractice';
import { migrationTarget } from './migrationTarget';
import { runCommand } from './runCommand';

const Arguments = z.object({
  clients: z.coerce.number().int().min(1).max(1_000_000).default(200),
  seed: z.coerce.number().int().min(0).max(1_000_000).default(1),
  date: z.string().refine(isIsoDate, 'must be a date, YYYY-MM-DD').optional(),
  filings: z.enum(['on', 'off']).default('on'),
});

const USAGE = `npm run db:seed -- [options]: fills the database with a sample practice, people and clients with their filings.

  --clients N         how many clients; 200 unless told
  --seed N            the same number makes the same practice; 1 unless told
  --date YYYY-MM-DD   the day in London on which it stands as it does; today unless told
  --filings on|off    whether clients have filings, at stages spread over the year; on unless told
  --help              this text

Filings are rows with their histories, without workflows: the relay of a running worker starts the workflow of each open one,
from its row, 500 every half minute. Filed ones need none. Nobody can sign in as one of the people.`;

/** npm run db:seed -- --clients N [--seed N] [--date YYYY-MM-DD] [--filings on|off] */
runCommand(async () => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { clients: text, seed: text, date: text, filings: text, help: { type: 'boolean' } },
  });
  const { help, ...given } = values;
  if (help) return console.log(USAGE);
  const parsed = Arguments.safeParse(given);
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'));
  }
  const { clients, seed, date, filings } = parsed.data;
  const started = Date.now();
  await seedPractice({
    adminUrl: migrationTarget().adminUrl,
    clients,
    seed,
    today: date ?? londonDateOf(started),
    filings: filings === 'on',
    onProgress: (count) => {
      if (count % 10_000 === 0) console.log(`${count} clients`);
    },
  });
  console.log(`${clients} clients made from seed ${seed} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
});
