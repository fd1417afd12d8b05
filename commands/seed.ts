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
});

/** npm run db:seed -- --clients N [--seed N] [--date YYYY-MM-DD] */
runCommand(async () => {
  const { values } = parseArgs({ options: { clients: { type: 'string' }, seed: { type: 'string' }, date: { type: 'string' } } });
  const parsed = Arguments.safeParse(values);
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'));
  }
  const { clients, seed, date } = parsed.data;
  const started = Date.now();
  await seedPractice({
    adminUrl: migrationTarget().adminUrl,
    clients,
    seed,
    today: date ?? londonDateOf(started),
    onProgress: (count) => {
      if (count % 10_000 === 0) console.log(`${count} clients`);
    },
  });
  console.log(`${clients} clients made from seed ${seed} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
});
