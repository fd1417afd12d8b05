import { parseArgs } from 'node:util';
import { z } from 'zod';
import { USER_ROLES } from '../domain/people';
import { createDatabase } from '../models';
import { makePasswordLink } from '../services/sessions/passwordLinks';
import { createUser } from '../services/users/users';
import { readSettings } from '../settings/readSettings';
import { required } from '../settings/settings';
import { runCommand } from './runCommand';

const Arguments = z.object({
  name: z.string().min(2).max(50),
  email: z.email().toLowerCase(),
  role: z.enum(USER_ROLES).default('STAFF'),
});

/** npm run user:create -- --name "Sam Staff" --email sam@example.com [--role PARTNER|MANAGER|STAFF]: prints a link to choose a password. */
runCommand(async () => {
  const { values } = parseArgs({ options: { name: { type: 'string' }, email: { type: 'string' }, role: { type: 'string' } } });
  const parsed = Arguments.safeParse(values);
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'));
  }
  const settings = readSettings();
  const db = createDatabase(required(settings, 'DATABASE_URL'), { applicationName: 'numericalz-users' });
  try {
    const user = await createUser(db.pool, null, parsed.data);
    const token = await makePasswordLink(db.pool, user.id, 'INVITATION', required(settings, 'APP_SECRET'), {
      action: 'USER_INVITED',
      userId: null,
      details: { targetUserId: user.id },
    });
    console.log(`${user.name} was added as ${user.role}. Within seven days they choose a password here, once:`);
    console.log(`${required(settings, 'PUBLIC_URL')}/account/password#${token}`);
  } finally {
    await db.close();
  }
});
