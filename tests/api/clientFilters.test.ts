import type { ApiCaller, Reply } from '../harness/apiCaller';
import { ApiServer } from '../harness/apiServer';

const CLIENT = { companyType: 'LIMITED_COMPANY', contactName: 'Casey Contact', contactEmail: 'casey@example.com' };

let server: ApiServer;
let partner: { id: string; api: ApiCaller };
let manager: { id: string; api: ApiCaller };
let staff: { id: string; api: ApiCaller };

beforeAll(async () => {
  server = await ApiServer.start();
  partner = await server.person('PARTNER');
  manager = await server.person('MANAGER');
  staff = await server.person('STAFF');
  await partner.api.post('/clients', {
    ...CLIENT,
    companyName: '100% Élan Ltd',
    numberOfEmployees: 5,
    nextYearEnd: '2026-03-31',
  });
  await partner.api.post('/clients', { ...CLIENT, companyName: '100 Days Ltd', numberOfEmployees: 50 });
  await staff.api.post('/clients', { ...CLIENT, companyName: 'Own Ltd', companyType: 'NON_LIMITED_COMPANY' });
}, 60_000);

afterAll(() => server.stop());

const condition = (field: string, operator: string, value?: unknown, value2?: unknown): object => ({
  id: 'c1',
  field,
  operator,
  value,
  value2,
});
const filter = (...conditions: object[]): object => ({
  id: 'f1',
  name: 'Some clients',
  groupOperator: 'AND',
  groups: [{ id: 'g1', operator: 'AND', conditions }],
});
const ask = (api: ApiCaller, asked: object, more: object = {}): Promise<Reply> =>
  api.post('/clients/filter', { filter: asked, ...more });
const namesOf = (reply: Reply): unknown[] => reply.rows().map(({ companyName }) => companyName);

it.each([
  [condition('companyName', 'startsWith', '100%'), ['100% Élan Ltd']],
  [condition('companyName', 'contains', 'ÉLAN'), ['100% Élan Ltd']],
  [condition('numberOfEmployees', 'between', '5', '50'), ['100 Days Ltd', '100% Élan Ltd']],
  [condition('numberOfEmployees', 'notEquals', 5), ['100 Days Ltd']],
  [condition('nextYearEnd', 'lessThan', '2026-04-01'), ['100% Élan Ltd']],
  [condition('nextYearEnd', 'empty'), ['100 Days Ltd', 'Own Ltd']],
  [condition('companyType', 'in', ['NON_LIMITED_COMPANY']), ['Own Ltd']],
  [condition('isActive', 'equals', false), []],
])('finds clients by %j', async (asked, names) => {
  const reply = await ask(partner.api, filter(asked));
  expect([reply.status, namesOf(reply)]).toEqual([200, names]);
  expect(reply.body['pagination']).toMatchObject({ totalCount: names.length, page: 1 });
});

it('pages and sorts what it finds', async () => {
  const reply = await ask(partner.api, filter(condition('companyName', 'endsWith', ' ltd')), {
    page: 2,
    limit: 1,
    sortBy: 'companyName',
    sortOrder: 'desc',
  });
  expect(namesOf(reply)).toEqual(['100% Élan Ltd']);
  expect(reply.body['pagination']).toMatchObject({
    page: 2,
    limit: 1,
    totalCount: 3,
    totalPages: 3,
    hasNext: true,
    hasPrev: true,
  });
});

it('counts anew after a change of a field that no list shows', async () => {
  const asked = filter(condition('notes', 'contains', 'vip'));
  const own = await partner.api.post('/clients', { ...CLIENT, companyName: 'Counted Ltd', notes: 'VIP' });
  expect((await ask(partner.api, asked, { limit: 1 })).body['pagination']).toMatchObject({ totalCount: 1 });
  await partner.api.patch(`/clients/${own.row().id}`, { notes: null });
  expect((await ask(partner.api, asked, { limit: 1 })).body['pagination']).toMatchObject({ totalCount: 0 });
});

it('narrows the list under its plain filters further, and gives the same as a file', async () => {
  const employees = filter(condition('numberOfEmployees', 'greaterThan', 0));
  expect(namesOf(await ask(partner.api, employees, { search: 'days', active: true }))).toEqual(['100 Days Ltd']);
  expect(namesOf(await ask(partner.api, employees, { active: false }))).toEqual([]);
  const text = encodeURIComponent(JSON.stringify(employees));
  const { status, text: file } = await partner.api.get(`/clients/export.csv?search=days&filter=${text}`);
  expect([status, file.includes('100 Days Ltd'), file.includes('Élan')]).toEqual([200, true, false]);
});

it.each([
  ['{', 'filter', 'The filter is not well-formed JSON'],
  ['{"groups":[],"groupOperator":"AND"}', 'filter.groups', 'A filter needs a group of conditions'],
  [
    JSON.stringify(filter(condition('password', 'empty'))),
    'filter.groups.0.conditions.0.field',
    'Condition “c1”: clients cannot be filtered by password',
  ],
])('refuses a file by a filter that cannot be understood: %s', async (text, path, message) => {
  const refused = await partner.api.get(`/clients/export.csv?filter=${encodeURIComponent(text)}`);
  expect([refused.status, refused.body.errors?.[0]]).toEqual([422, { path, message }]);
});

it('shows a staff member what is theirs alone, whatever the filter says', async () => {
  const everything = { groupOperator: 'OR', groups: [{ operator: 'OR', conditions: [condition('companyName', 'notEmpty')] }] };
  expect(namesOf(await ask(staff.api, everything))).toEqual(['Own Ltd']);
});

it.each([
  [filter(condition('password', 'equals', 'x')), 'filter.groups.0.conditions.0.field'],
  [filter(condition('companyName', '$ne', 'x')), 'filter.groups.0.conditions.0.operator'],
  [filter(condition('companyName', 'equals', { $ne: '' })), 'filter.groups.0.conditions.0.value'],
  [filter(condition('createdAt', 'equals', 'soon')), 'filter.groups.0.conditions.0.value'],
  [filter(...Array.from({ length: 21 }, () => condition('notes', 'empty'))), 'filter.groups.0.conditions'],
  [{ groupOperator: 'AND', groups: [] }, 'filter.groups'],
  [{ groupOperator: 'XOR', groups: [{ operator: 'AND', conditions: [condition('notes', 'empty')] }] }, 'filter.groupOperator'],
])('refuses a filter that cannot be understood, naming the condition: %j', async (asked, path) => {
  const refused = await ask(partner.api, asked);
  expect([refused.status, refused.body.code, refused.body.errors?.[0]?.path]).toEqual([422, 'VALIDATION_FAILED', path]);
});

describe('a saved filter', () => {
  const saved = (name: string, isShared = false): object => ({
    ...filter(condition('isVatEnabled', 'equals', 'true')),
    name,
    isShared,
  });

  it('is a person’s own until it is shared with the practice', async () => {
    const own = await staff.api.post('/client-filters', saved('Mine'));
    expect(own.status).toBe(201);
    expect(own.row()).toMatchObject({ name: 'Mine', groupOperator: 'AND', isShared: false, owner: { id: staff.id } });
    const listed = async (api: ApiCaller): Promise<unknown[]> =>
      (await api.get('/client-filters')).rows().map(({ name }) => name);
    expect(await listed(partner.api)).not.toContain('Mine');
    expect((await partner.api.put(`/client-filters/${own.row().id}`, saved('Taken'))).status).toBe(404);
    await staff.api.put(`/client-filters/${own.row().id}`, saved('Ours', true));
    expect(await listed(partner.api)).toContain('Ours');
  });

  it('is changed by its owner, and by managers and partners where it is shared', async () => {
    const shared = await partner.api.post('/client-filters', saved('Shared', true));
    const path = `/client-filters/${shared.row().id}`;
    const mayChange = async (api: ApiCaller): Promise<unknown> =>
      (await api.get('/client-filters')).rows().find(({ name }) => name === 'Shared')?.['mayChange'];
    expect([await mayChange(staff.api), await mayChange(manager.api)]).toEqual([false, true]);
    expect((await staff.api.put(path, saved('Stolen', true))).status).toBe(409);
    expect((await staff.api.send('DELETE', path)).status).toBe(409);
    expect((await manager.api.put(path, saved('Better', false))).row()).toMatchObject({ name: 'Better', isShared: true });
    expect((await manager.api.send('DELETE', path)).status).toBe(200);
    expect((await partner.api.send('DELETE', path)).status).toBe(404);
  });

  it('has a name of its own, and is refused when it cannot be understood', async () => {
    await partner.api.post('/client-filters', saved('Twice'));
    const again = await partner.api.post('/client-filters', saved('TWICE'));
    expect([again.status, again.body.errors?.[0]?.path]).toEqual([409, 'name']);
    const refused = await partner.api.post('/client-filters', {
      ...filter(condition('isVatEnabled', 'equals', 'maybe')),
      name: 'Odd',
    });
    expect([refused.status, refused.body.errors?.[0]?.path]).toEqual([422, 'groups.0.conditions.0.value']);
  });

  it('is logged when it is saved, changed and deleted', async () => {
    const own = await manager.api.post('/client-filters', saved('Logged'));
    await manager.api.put(`/client-filters/${own.row().id}`, saved('Logged again'));
    await manager.api.send('DELETE', `/client-filters/${own.row().id}`);
    const logged = (await manager.api.get(`/activity-logs?userId=${manager.id}`)).rows().map(({ action }) => action);
    expect(logged).toEqual(expect.arrayContaining(['CLIENT_FILTER_SAVED', 'CLIENT_FILTER_CHANGED', 'CLIENT_FILTER_DELETED']));
  });
});
