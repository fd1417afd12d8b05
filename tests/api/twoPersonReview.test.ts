import type { ApiCaller } from '../harness/apiCaller';
import { ApiServer } from '../harness/apiServer';

let server: ApiServer;
let partner: { id: string; api: ApiCaller };
let second: { id: string; api: ApiCaller };
let filingId: string;

beforeAll(async () => {
  server = await ApiServer.start({ TWO_PERSON_REVIEW: 'true' });
  partner = await server.person('PARTNER');
  second = await server.person('PARTNER', 'Second Partner');
  const client = await partner.api.post('/clients', {
    companyName: 'Acme Ltd',
    companyType: 'LIMITED_COMPANY',
    contactName: 'Casey Contact',
    contactEmail: 'casey@example.com',
    isVatEnabled: true,
    vatFrequency: 'Quarterly',
    vatQuarterGroup: 'C',
    vatRegistrationDate: '2020-01-01',
  });
  filingId = String((await partner.api.get(`/vat-quarters?clientId=${client.row().id}`)).rows()[0]?.['id']);
  await server.database.asOwner(
    `UPDATE vat_quarters SET current_stage = 'REVIEW_PENDING_PARTNER', work_finished_date = now(), work_finished_by_user_id = $2,
       work_finished_by_user_name = 'PARTNER person' WHERE id = $1`,
    [filingId, partner.id],
  );
}, 60_000);

afterAll(() => server.stop());

it('is not passed by who handed the work in, but by another partner', async () => {
  const move = { ids: [filingId], stage: 'EMAILED_TO_CLIENT', dryRun: true };
  const own = await partner.api.post('/vat-quarters/bulk-transition', move);
  expect(own.body).toMatchObject({
    success: false,
    results: { failed: 1, errors: [expect.stringContaining('ask somebody else')] },
  });
  const others = await second.api.post('/vat-quarters/bulk-transition', move);
  expect(others.body).toMatchObject({ success: true, results: { successful: 1, failed: 0 } });
});

it('is what the filing’s workflow decides by, whatever the caller sends', async () => {
  const headers = { prefer: 'respond-async' };
  const path = `/vat-quarters/${filingId}/transitions`;
  expect((await partner.api.post(path, { stage: 'EMAILED_TO_CLIENT', needsSecondPerson: false }, headers)).status).toBe(422);
  expect((await partner.api.post(path, { stage: 'EMAILED_TO_CLIENT' }, headers)).status).toBe(202);
  const { rows } = await server.database.db.pool.query('SELECT payload FROM filing_requests');
  expect(rows).toEqual([{ payload: { stage: 'EMAILED_TO_CLIENT', needsSecondPerson: true } }]);
});
