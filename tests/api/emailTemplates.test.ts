import { ApiServer } from '../harness/apiServer';
import type { ApiCaller } from '../harness/apiCaller';

let server: ApiServer;
let manager: ApiCaller;

beforeAll(async () => {
  server = await ApiServer.start();
  ({ api: manager } = await server.person('MANAGER'));
}, 60_000);

afterAll(() => server.stop());

const WORDING = { subject: 'Welcome, {{name}}', body: 'Hello {{name}},\n\n{{link}}\n\nSee you at <b>our office</b>.' };

it('shows each template with its variables and its own wording', async () => {
  const templates = (await manager.get('/email-templates')).rows();
  expect(templates.map(({ name }) => name)).toEqual(expect.arrayContaining(['client-reminder', 'approval-request', 'digest']));
  const invitation = await manager.get('/email-templates/invitation');
  expect(invitation.body.data).toMatchObject({ version: 0, isDefault: true, changedBy: null });
  expect(invitation.body.data).toMatchObject({ variables: { link: { kind: 'link', isRequired: true } } });
  expect((await manager.get('/email-templates/absent')).status).toBe(404);
});

it('previews a wording without saving it', async () => {
  const preview = await manager.post('/email-templates/invitation/preview', WORDING);
  expect(preview.body.data).toMatchObject({ subject: 'Welcome, Sam Staff', text: expect.stringContaining('Hello Sam Staff') });
  expect(preview.body.data).toMatchObject({ html: expect.stringContaining('&lt;b&gt;our office&lt;/b&gt;') });
  expect((await manager.get('/email-templates/invitation')).body.data).toMatchObject({ version: 0 });
});

it('refuses a broken wording, by the field, and keeps the one before', async () => {
  const broken = { subject: 'Hello {{nobody}}', body: 'No link in here' };
  const refused = await manager.put('/email-templates/invitation', broken);
  expect(refused.status).toBe(422);
  expect(refused.body.errors).toEqual([
    { path: 'subject', message: expect.stringContaining('{{nobody}} is not known here') },
    { path: 'body', message: '{{link}} must be in it' },
  ]);
  expect((await manager.post('/email-templates/invitation/preview', broken)).status).toBe(422);
  expect((await manager.get('/email-templates/invitation')).body.data).toMatchObject({ version: 0, isDefault: true });
});

it('sends what was worded, keeps every version, and brings the first one back', async () => {
  const partner = (await server.person('PARTNER')).api;
  const invite = async (name: string): Promise<string | undefined> => {
    const email = `${name.toLowerCase()}@example.com`;
    expect((await partner.post('/users', { name, email, role: 'STAFF' })).status).toBe(201);
    return server.resend.accepted.find(({ to }) => to === email)?.text;
  };
  const changed = await manager.put('/email-templates/invitation', { ...WORDING, expectedVersion: 0 });
  expect(changed.body.data).toMatchObject({ version: 1, isDefault: false, changedBy: { name: 'MANAGER person' } });
  expect(await invite('Ida')).toMatch(
    /^Hello Ida,\n\nhttp:\S+\n\nSee you at <b>our office<\/b>\.\n\n-- \nTest Practice\n1 High Street/,
  );
  const stale = await manager.put('/email-templates/invitation', { ...WORDING, expectedVersion: 0 });
  expect([stale.status, stale.body.code]).toEqual([409, 'CONFLICT']);
  const reset = await manager.send('DELETE', '/email-templates/invitation');
  expect(reset.body.data).toMatchObject({ version: 2, isDefault: true });
  expect(await invite('Olga')).toContain('An account was made for you');
  const versions = (await manager.get('/email-templates/invitation/versions')).rows();
  expect(versions).toMatchObject([
    { version: 2, wording: null },
    { version: 1, wording: WORDING },
  ]);
  const log = (await manager.get('/activity-logs?action=EMAIL_TEMPLATE_CHANGED')).rows();
  expect(log).toMatchObject([{ details: { before: WORDING, after: null } }, { details: { before: null, after: WORDING } }]);
});

it('is for managers and partners', async () => {
  const { api: staff } = await server.person('STAFF');
  expect((await staff.put('/email-templates/invitation', WORDING)).status).toBe(403);
});
