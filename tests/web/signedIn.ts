import type { UserRole } from '../../domain/people';
import type { ApiServer } from '../harness/apiServer';
import { PASSWORD } from '../harness/apiServer';
import { FormVisitor } from './formVisitor';

/** A new person of the practice, signed in by the form. */
export async function signedIn(
  server: ApiServer,
  name: string,
  role: UserRole = 'STAFF',
): Promise<{ visitor: FormVisitor; id: string }> {
  const { id, email } = await server.person(role, name);
  const visitor = new FormVisitor(server.url);
  await visitor.send('/sign-in', '/sign-in', { email, password: PASSWORD });
  return { visitor, id };
}
