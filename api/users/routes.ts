import { z } from '@hono/zod-openapi';
import type { UserRole } from '../../domain/people';
import { managesRole } from '../../domain/permissions';
import type { SignedInUser } from '../../services/sessions/readSession';
import { guessable } from '../../services/sessions/passwordRules';
import { handOverAssignments } from '../../services/users/handOver';
import type { SignInLimits } from '../../services/sessions/limits';
import type { UserChange, UserRecord } from '../../services/users/users';
import {
  createUser,
  EmailTakenError,
  findUser,
  LastPartnerError,
  listUsers,
  NotManagedError,
  updateUser,
} from '../../services/users/users';
import { requireOwnPassword } from '../auth/ownPassword';
import { tellOwner } from '../auth/tellOwner';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { ApiError, invalidField, notFound } from '../errors';
import { IdParams } from '../schemas';
import { invite } from './invite';
import { CreateUserSchema, UpdateUserSchema, UserSchema } from './schemas';

const TAG = 'People';

/** The practice's people: partners manage everyone, managers the staff, staff see who there is. */
export function userRoutes(api: Api, deps: ApiDependencies, limits: SignInLimits): void {
  const { db } = deps;

  endpoint(
    api,
    { method: 'get', path: '/users', tag: TAG, summary: 'All people', permission: 'see users', data: z.array(UserSchema) },
    async ({ user }) => ({ data: (await listUsers(db.pool)).map((record) => present(record, user)) }),
  );

  endpoint(
    api,
    {
      method: 'post',
      path: '/users',
      tag: TAG,
      summary: 'Add a person',
      permission: 'manage users',
      body: CreateUserSchema,
      data: UserSchema,
      status: 201,
    },
    async ({ body, user }) => {
      requireManageable(user, body.role);
      if (body.password !== undefined) requireUnguessable(body.password);
      const created = await explained(() => createUser(db.pool, user.id, body));
      if (body.password !== undefined) return { data: present(created, user), message: `${created.name} was added` };
      const isInvited = await invite(deps, user, created).then(
        () => true,
        () => false,
      );
      const message = isInvited ? 'was added and invited by e-mail' : 'was added, but could not be invited: invite again';
      return { data: present(created, user), message: `${created.name} ${message}` };
    },
  );

  endpoint(
    api,
    {
      method: 'get',
      path: '/users/{id}',
      tag: TAG,
      summary: 'One person',
      permission: 'see users',
      params: IdParams,
      data: UserSchema,
    },
    async ({ params, user }) => {
      const found = await findUser(db.pool, params.id);
      if (!found) throw notFound('user');
      return { data: present(found, user) };
    },
  );

  endpoint(
    api,
    {
      method: 'patch',
      path: '/users/{id}',
      tag: TAG,
      summary: 'Change a person; another e-mail address asks for the caller’s own password',
      permission: 'manage users',
      params: IdParams,
      body: UpdateUserSchema,
      data: UserSchema,
    },
    async ({ params, body: { currentPassword, ...fields }, user, c }) => {
      const before = await requireManageableUser(user, params.id);
      if (fields.role !== undefined) requireManageable(user, fields.role);
      const isMoving = fields.email !== undefined && fields.email !== before.email;
      if (isMoving) {
        if (currentPassword === undefined)
          throw invalidField('currentPassword', 'Another e-mail address asks for your own password');
        await requireOwnPassword(c, deps, limits, { password: currentPassword, field: 'currentPassword' });
      }
      const answer = await change(user, params.id, fields, 'was changed');
      if (isMoving) await tellOwner(deps, before, 'Your account now has another e-mail address.');
      return answer;
    },
  );

  endpoint(
    api,
    {
      method: 'post',
      path: '/users/{id}/invite',
      tag: TAG,
      summary: 'Mail a person a link to choose their password',
      permission: 'manage users',
      params: IdParams,
    },
    async ({ params, user }) => {
      const target = await requireManageableUser(user, params.id);
      if (!target.isActive) throw new ApiError('CONFLICT', `${target.name} cannot sign in: activate the account first`);
      await invite(deps, user, target);
      return { message: `${target.name} was invited` };
    },
  );

  endpoint(
    api,
    {
      method: 'post',
      path: '/users/{id}/hand-over',
      tag: TAG,
      summary: 'Hand all assignments of a person, such as one who leaves, to somebody else',
      permission: 'hand over assignments',
      params: IdParams,
      body: z.strictObject({ toUserId: z.cuid('Invalid user ID') }),
      data: z.object({ clients: z.int(), filings: z.int() }),
    },
    async ({ params, body, user }) => {
      const from = await findUser(db.pool, params.id);
      if (!from) throw notFound('user');
      const to = await findUser(db.pool, body.toUserId);
      if (!to?.isActive || to.id === from.id) throw invalidField('toUserId', 'There is no other active user with this id');
      const data = await handOverAssignments(deps, user, from, to);
      return {
        data,
        message: `${counted(data.clients, 'client')} and ${counted(data.filings, 'filing')} went from ${from.name} to ${to.name}`,
      };
    },
  );

  function requireUnguessable(password: string): void {
    const problem = guessable(password, deps.settings.PRACTICE_NAME);
    if (problem !== undefined) throw invalidField('password', problem);
  }

  for (const [verb, isActive] of [
    ['activate', true],
    ['deactivate', false],
  ] as const) {
    endpoint(
      api,
      {
        method: 'post',
        path: `/users/{id}/${verb}`,
        tag: TAG,
        summary: `${isActive ? 'Let' : 'No longer let'} a person sign in`,
        permission: 'manage users',
        params: IdParams,
        data: UserSchema,
      },
      async ({ params, user }) => {
        await requireManageableUser(user, params.id);
        return await change(user, params.id, { isActive }, isActive ? 'can sign in again' : 'can no longer sign in');
      },
    );
  }

  async function change(
    user: SignedInUser,
    userId: string,
    fields: UserChange,
    done: string,
  ): Promise<{ data: z.infer<typeof UserSchema>; message: string }> {
    const changed = await explained(() => updateUser(db.pool, user, userId, fields));
    if (!changed) throw notFound('user');
    return { data: present(changed, user), message: `${changed.name} ${done}` };
  }

  async function requireManageableUser(user: SignedInUser, userId: string): Promise<UserRecord> {
    const target = await findUser(db.pool, userId);
    if (!target) throw notFound('user');
    requireManageable(user, target.role);
    return target;
  }
}

function requireManageable({ role }: SignedInUser, targetRole: UserRole): void {
  if (!managesRole(role, targetRole)) throw notManaged();
}

function notManaged(): ApiError {
  return new ApiError('FORBIDDEN', 'Only a partner manages managers and partners');
}

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EmailTakenError) throw invalidField('email', error.message);
    if (error instanceof NotManagedError) throw notManaged();
    if (error instanceof LastPartnerError) throw new ApiError('CONFLICT', error.message);
    throw error;
  }
}

/** Staff see of others what they need to hand work over. */
function present(record: UserRecord, viewer: SignedInUser): z.infer<typeof UserSchema> {
  const { id, name, role, isActive } = record;
  if (viewer.role === 'STAFF' && viewer.id !== id) return { id, name, role, isActive };
  return {
    id,
    name,
    role,
    isActive,
    email: record.email,
    lastLoginAt: record.lastLoginAt?.toISOString() ?? null,
    createdAt: record.createdAt.toISOString(),
  };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
