import { TO_PARTNER_APPROVED } from '../harness/accountsStages';
import type { ApiCaller } from '../harness/apiCaller';
import { RunningPractice } from '../harness/runningPractice';
import { FormVisitor } from './formVisitor';

const PARTNER = { email: 'partner@example.com', password: 'Partner-Password-1' };

let practice: RunningPractice;
let api: ApiCaller;
let partner: FormVisitor;

beforeAll(async () => {
  practice = await RunningPractice.start();
  api = await practice.partner();
  partner = await visitor(PARTNER);
}, 120_000);

afterAll(() => practice.stop());

async function visitor(who: { email: string; password: string }): Promise<FormVisitor> {
  const entering = new FormVisitor(practice.url);
  await entering.send('/sign-in', '/sign-in', who);
  return entering;
}

async function staff(name: string): Promise<{ id: string; visitor: FormVisitor }> {
  const account = { email: `${name.toLowerCase().replace(' ', '.')}@example.com`, password: 'Colleague-Pass-1' };
  const made = await api.post('/users', { name, role: 'STAFF', ...account });
  return { id: made.row().id, visitor: await visitor(account) };
}

/** The page of the running accounts of a new client that are in a stage. */
async function accountsIn(companyName: string, stage: string | undefined): Promise<string> {
  const made = await api.post('/clients', {
    companyName,
    companyType: 'LIMITED_COMPANY',
    contactName: 'Casey Contact',
    contactEmail: 'casey@example.com',
    incorporationDate: '2015-04-01',
    nextYearEnd: '2026-03-31',
  });
  const [row] = (await api.get(`/ltd-accounts?clientId=${made.row().id}`)).rows();
  const path = `/ltd-accounts/${String(row?.['id'])}`;
  const moves = stage === undefined ? [] : TO_PARTNER_APPROVED.slice(0, TO_PARTNER_APPROVED.indexOf(stage) + 1);
  for (const to of moves) await api.post(`${path}/transitions`, { stage: to });
  return path;
}

/** What a page says, without its tags. */
function textOf(html: string): string {
  return html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

async function textAt(who: FormVisitor, path: string): Promise<string> {
  return textOf((await who.open(path)).html);
}

it('says what was filed of accounts that are still to be filed elsewhere', async () => {
  const path = await accountsIn('Halfway Ltd', 'PARTNER_APPROVED');
  const sent = await partner.send(path, `${path}/move`, { stage: 'FILED', filedTo: 'COMPANIES_HOUSE', form: 'move' });
  expect(sent).toMatchObject({ status: 303, to: path });
  const text = await textAt(partner, path);
  expect(text).toContain('Filed with Companies House recorded; HMRC is still to come.');
  expect(text).not.toContain('Moved to Filed');
  expect(text).toMatch(/Rejected by \(if it was\) Companies House Why/);
  expect(text).toMatch(/Filed to Companies House \d\d \w{3} \d{4} \w+/);
  expect(text.slice(text.indexOf('History'))).toContain('Filed with Companies House');
  await partner.send(path, `${path}/move`, { stage: 'FILED', filedTo: 'HMRC', form: 'move' });
  const filed = await textAt(partner, path);
  expect(filed).toContain('Moved to Filed.');
  expect(filed).toMatch(/Filed to HMRC \d\d \w{3} \d{4} \w+/);
  expect(filed.slice(filed.indexOf('History'))).toMatch(/Filed from Partner approved Filed with HMRC/);
}, 120_000);

it.each([
  ['Unsent Ltd', 'REVIEW_COMPLETED', 'Sent to client'],
  ['Unanswered Ltd', 'SENT_TO_CLIENT', 'Client approved'],
  ['Unfiled Ltd', 'PARTNER_APPROVED', 'Filed'],
])(
  'leads from a list to the page of %s for a step that is more than one click',
  async (name, stage, next) => {
    const path = await accountsIn(name, stage);
    const { html } = await partner.open(`/ltd-accounts?search=${name.slice(0, -4)}`);
    expect(html).toContain(`<a class="button small" href="${path}" data-next-step="true">${next}…</a>`);
    expect(html).not.toContain(`action="${path}/move"`);
  },
  120_000,
);

it('says before a bulk move which filings would go back and what that undoes, by the names of clients', async () => {
  const ahead = await accountsIn('Ahead Ltd', 'SENT_TO_CLIENT');
  const behind = await accountsIn('Behind Ltd', undefined);
  const idle = await accountsIn('Idle Ltd', 'PAPERWORK_RECEIVED');
  const ids = [ahead, behind, idle].map((path) => path.split('/').at(-1) ?? '');
  const asked = { ids, stage: 'PAPERWORK_RECEIVED', notes: 'The wrong records', back: '/ltd-accounts' };
  const { html } = await partner.send('/ltd-accounts', '/ltd-accounts/bulk/preview', asked);
  const text = textOf(html);
  expect(text).toMatch(
    /2 of 3 will move , 1 can’t One goes back Goes back Ltd accounts to 31 Mar 2026 of Ahead Ltd \(NZ-\d+\) : would go back from Sent to client to Records received\. Cleared: work started, partner review, review completed, sent to client\. The history keeps them\. The client’s approval link no longer counts\. Reminders to the client stop\./,
  );
  expect(text).toMatch(/As asked Ltd accounts to 31 Mar 2026 of Behind Ltd \(NZ-\d+\) : would move to Records received/);
  expect(text).toMatch(/Refused Ltd accounts to 31 Mar 2026 of Idle Ltd \(NZ-\d+\) : The filing is already in Records received/);
}, 120_000);

it('leads back to the list whoever hands over a filing that only was theirs', async () => {
  const [stan, sue] = await Promise.all(['Stan Staff', 'Sue Staff'].map(staff));
  if (!stan || !sue) throw new Error('Nobody was made');
  const path = await accountsIn('Handed Ltd', 'PAPERWORK_RECEIVED');
  await api.put(`${path}/assignee`, { userId: stan.id });
  const sent = await stan.visitor.send(path, `${path}/move`, { stage: 'WORK_IN_PROGRESS', assignedUserId: sue.id, form: 'move' });
  expect(sent).toMatchObject({ status: 303, to: '/ltd-accounts' });
  const text = await textAt(stan.visitor, '/ltd-accounts');
  expect(text).toContain('Moved to In progress. It is no longer among the filings that you see.');
  const history = await textAt(partner, path);
  expect(history).toMatch(/Handed over to Sue Staff Stan Staff/);
  expect(history).toMatch(/Handed over to Stan Staff/);
}, 120_000);

it('tells in its history of pauses, cancelling and reopening, with who and why', async () => {
  const path = await accountsIn('Eventful Ltd', undefined);
  expect(await textAt(partner, path)).toContain('Nothing has happened to it yet.');
  await partner.send(path, `${path}/pause-chasing`, { reason: 'They are on a long holiday', back: path });
  await partner.send(path, `${path}/resume-chasing`, { back: path });
  await partner.send(path, `${path}/cancel`, { reason: 'They have left us', back: path });
  const cancelled = await textAt(partner, path);
  const story =
    /Cancelled \S+.* They have left us Reminders started again \S+.* Reminders paused \S+.* They are on a long holiday/;
  expect(cancelled.slice(cancelled.indexOf('History'))).toMatch(story);
  expect(cancelled).not.toContain('Rejected by');
  await partner.send(path, `${path}/reopen`, { notes: 'They came back', back: path });
  expect(await textAt(partner, path)).toMatch(/Reopened \S+.* They came back Cancelled/);
}, 120_000);
