import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { checkVector } from './checkVector';
import { runCommand } from './runCommand';

/** npm run vectors -- FILE: checks worked examples of UK dates and identifiers, a JSON list of {rule, input, expected}. */
runCommand(async () => {
  const file = process.argv[2];
  if (file === undefined) throw new Error('Name a file: npm run vectors -- FILE');
  const vectors = z.array(z.unknown()).safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!vectors.success) throw new Error(`${file} does not hold a list of vectors`);
  const failures = vectors.data.map(checkVector).filter((failure) => failure !== null);
  for (const failure of failures) console.log(`FAILED ${failure}`);
  console.log(`${vectors.data.length - failures.length} passed, ${failures.length} failed`);
  if (failures.length > 0) process.exitCode = 1;
});
