import type { UserRole } from '../../domain/people';
import { USER_ROLES } from '../../domain/people';
import type { Permission } from '../../domain/permissions';
import { isPermitted, PERMISSIONS } from '../../domain/permissions';
import { z } from 'zod';
import type { ApiCaller } from '../harness/apiCaller';
import { ApiServer } from '../harness/apiServer';

const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ 'x-permission': z.string().optional() }))),
});

interface Route {
  method: string;
  path: string;
  permission: string | undefined;
}

let server: ApiServer;
let routes: Route[];
const people = new Map<UserRole, ApiCaller>();

beforeAll(async () => {
  server = await ApiServer.start();
  for (const role of USER_ROLES) people.set(role, (await server.person(role)).api);
  const { paths } = Document.parse(await (await fetch(`${server.url}/openapi.json`)).json());
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => ({
      method: method.toUpperCase(),
      path: path.replace('/api/v1', ''),
      permission: route['x-permission'],
    })),
  );
}, 60_000);

afterAll(() => server.stop());

/** A call of the route that finds nothing: what matters is who gets past the door. */
async function call(api: ApiCaller, { method, path }: Route): Promise<{ status: number }> {
  if (path === '/events') return await statusOfStream(api, path);
  const concrete = path
    .replace('{kind}', 'vat')
    .replace('{assignment}', 'vat')
    .replaceAll(/\{\w+\}/g, 'cabsent0000000000000000000');
  return await api.send(method, concrete, method === 'GET' || method === 'DELETE' ? undefined : '{"unknown":true}');
}

async function statusOfStream(api: ApiCaller, path: string): Promise<{ status: number }> {
  const leaving = new AbortController();
  const { status } = await api.open(path, leaving.signal);
  leaving.abort();
  return { status };
}

const isPermission = (name: string | undefined): name is Permission => name !== undefined && name in PERMISSIONS;

it('names for every route who may use it', () => {
  expect(routes.length).toBeGreaterThan(50);
  const undecided = routes.filter(({ permission }) => permission !== 'public' && !isPermission(permission));
  expect(undecided).toEqual([]);
});

it('lets nobody in who has not signed in, but where the route is public', async () => {
  for (const route of routes) {
    const { status } = await call(server.stranger(), route);
    if (route.permission !== 'public') expect([route.path, status]).toEqual([route.path, 401]);
  }
});

it.each(USER_ROLES)(
  'lets a %s use what the table of permissions says, and nothing else',
  async (role) => {
    const api = people.get(role);
    if (!api) throw new Error(`Nobody is ${role}`);
    for (const route of routes) {
      // The last thing that a session can do.
      if (!isPermission(route.permission) || route.path.startsWith('/auth/logout')) continue;
      const { status } = await call(api, route);
      const isIn = status !== 403 && status !== 401;
      expect([route.method, route.path, isIn]).toEqual([route.method, route.path, isPermitted(role, route.permission)]);
    }
  },
  60_000,
);
