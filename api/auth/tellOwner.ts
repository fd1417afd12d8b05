import type { ApiDependencies } from '../dependencies';

/** Tells the owner of an account, at the address that it had, of a change to it; the change stands also where that cannot be mailed. */
export async function tellOwner(
  { accountMailer, logger }: ApiDependencies,
  owner: { id: string; name: string; email: string },
  whatChanged: string,
): Promise<void> {
  await accountMailer.send(owner, 'account-changed', { name: owner.name, whatChanged }).catch((error: unknown) => {
    logger.warn({ userId: owner.id, cause: String(error) }, 'The owner was not told of a change to the account');
  });
}
