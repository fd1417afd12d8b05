import { z } from 'zod';
import type { ApiCaller } from '../harness/apiCaller';
import { ApiServer } from '../harness/apiServer';

const Schema = z.looseObject({ properties: z.record(z.string(), z.unknown()).optional(), $ref: z.string().optional() });
const Document = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        'x-permission': z.string(),
        requestBody: z.object({ content: z.record(z.string(), z.object({ schema: Schema })) }).optional(),
      }),
    ),
  ),
  components: z.object({ schemas: z.record(z.string(), Schema) }),
});

interface Route {
  method: string;
  /** Below /api/v1. */
  path: string;
  /** The fields of its JSON body; null where it takes none. */
  fields: string[] | null;
}

const CLIENT = {
  companyName: 'Acme Ltd',
  companyType: 'LIMITED_COMPANY',
  contactName: 'Casey Contact',
  contactEmail: 'casey@example.com',
  isVatEnabled: true,
  vatFrequency: 'Quarterly',
  vatQuarterGroup: 'C',
  vatRegistrationDate: '2020-01-01',
};
const ABSENT = 'cabsent0000000000000000000';

let server: ApiServer;
let partner: { id: string; api: ApiCaller };
let staff: { id: string; api: ApiCaller };
let routes: Route[];

beforeAll(async () => {
  server = await ApiServer.start();
  partner = await server.person('PARTNER');
  staff = await server.person('STAFF');
  routes = await readRoutes();
}, 60_000);

afterAll(() => server.stop());

async function readRoutes(): Promise<Route[]> {
  const { paths, components } = Document.parse(await (await fetch(`${server.url}/openapi.json`)).json());
  const fieldsOf = ({ $ref, properties }: z.infer<typeof Schema>): string[] =>
    Object.keys(($ref === undefined ? properties : components.schemas[$ref.split('/').at(-1) ?? '']?.properties) ?? {});
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody }]) => {
      const schema = requestBody?.content['application/json']?.schema;
      return { method: method.toUpperCase(), path: path.replace('/api/v1', ''), fields: schema ? fieldsOf(schema) : null };
    }),
  );
}

/** One record of each noun of the paths; none of them is the staff member's own. */
async function foreignRecords(): Promise<Record<string, string>> {
  const client = (await partner.api.post('/clients', CLIENT)).row().id;
  const idOf = async (path: string): Promise<string> => String((await partner.api.get(path)).rows()[0]?.['id']);
  const token = await partner.api.post('/auth/api-tokens', { name: 'Script', scope: 'READ' });
  const quarter = await idOf(`/vat-quarters?clientId=${client}`);
  const asked = await partner.api.post(`/vat-quarters/${quarter}/chase-now`, {}, { prefer: 'respond-async' });
  await server.database.asOwner(
    `INSERT INTO notifications (id, user_id, type, title, message) VALUES ('cforeign00000000000000000', $1, 'TEST', 'Title', 'Text')`,
    [partner.id],
  );
  return {
    clients: client,
    'vat-quarters': quarter,
    'ltd-accounts': await idOf(`/ltd-accounts?clientId=${client}`),
    'filing-requests': asked.headers.get('location')?.split('/').at(-1) ?? '',
    notifications: 'cforeign00000000000000000',
    sessions: await idOf('/auth/sessions'),
    'api-tokens': token.row().id,
  };
}

it('lets what is foreign look absent to staff, whatever is asked of it', async () => {
  const records = await foreignRecords();
  const asked: string[] = [];
  for (const { method, path } of routes) {
    const noun = path.split('/').find((part) => part in records);
    if (noun === undefined || !path.includes('{id}')) continue;
    const ask = async (id: string): Promise<unknown> => {
      const concrete = path
        .replace('{id}', id)
        .replace('{kind}', 'vat')
        .replace('{assignment}', 'vat')
        .replaceAll(/\{\w+\}/g, ABSENT);
      const { status, body } = await staff.api.send(method, concrete, method === 'GET' ? undefined : '{}');
      return { status, body: { ...body, requestId: '' } };
    };
    const [foreign, absent] = [await ask(records[noun] ?? ''), await ask(ABSENT)];
    expect([method, path, foreign]).toEqual([method, path, absent]);
    expect(foreign).toMatchObject({ body: { success: false } });
    asked.push(noun);
  }
  expect(new Set(asked)).toEqual(new Set(Object.keys(records)));
}, 60_000);

it('takes no column of a model that its form does not have', async () => {
  const { db } = server.database;
  const columns = [...new Set(Object.values(db.sequelize.models).flatMap((model) => Object.keys(model.getAttributes())))];
  const body = JSON.stringify(Object.fromEntries([...columns, 'constructor', '$ne'].map((column) => [column, { $gt: '' }])));
  for (const { method, path, fields } of routes) {
    // The codec takes payloads of Temporal, whose form is Temporal's, and stores none of them.
    if (fields === null || path.startsWith('/codec/')) continue;
    const concrete = path
      .replace('{kind}', 'vat')
      .replace('{assignment}', 'vat')
      .replaceAll(/\{\w+\}/g, ABSENT);
    const reply = await partner.api.send(method, concrete, body);
    const refused = (reply.body.errors ?? []).map((error) => error.path);
    const taken = columns.filter((column) => !fields.includes(column) && !refused.includes(column));
    expect([method, path, reply.status, taken]).toEqual([method, path, 422, []]);
  }
}, 60_000);

it('never fails on names and numbers that nobody would send', async () => {
  const queries = ['page=1e9&limit=-1&date=2024-02-30&days=1e308&sortBy=__proto__'];
  for (const { method, path } of routes) {
    // A stream of events has no end, and who has signed out asks no more.
    if (path === '/events' || path.startsWith('/auth/log')) continue;
    const ids = path.includes('{') ? ['%00'] : [''];
    const calls = ids.flatMap((id) =>
      (method === 'GET' ? queries : ['']).map((query) => `${path.replaceAll(/\{\w+\}/g, id)}?${query}`),
    );
    const send = async (call: string): Promise<[string, boolean]> => {
      const { status } = await partner.api.send(method, call, method === 'GET' ? undefined : '{"$ne":null}');
      return [call, status < 500];
    };
    expect(await Promise.all(calls.map(send))).toEqual(calls.map((call) => [call, true]));
  }
}, 120_000);
