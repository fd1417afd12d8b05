import { assignmentNotices, firstLines } from '../../../domain/clients/assignmentNotice';

const acme = { subject: 'NZ-1 Acme Ltd', work: 'vat' as const };
const bolt = { subject: 'NZ-2 Bolt Ltd', work: 'general' as const };

it('tells each person once what they gain and lose, and nobody of what they did themselves', () => {
  const notices = assignmentNotices(
    [
      { ...acme, fromUserId: 'kim', toUserId: 'sam' },
      { ...bolt, fromUserId: 'sam', toUserId: 'pat' },
    ],
    'pat',
  );
  expect(notices).toEqual([
    { userId: 'kim', title: '1 client is no longer assigned to you', lines: ['NZ-1 Acme Ltd: VAT, no longer'] },
    {
      userId: 'sam',
      title: '1 client is assigned to you, 1 client is no longer assigned to you',
      lines: ['NZ-1 Acme Ltd: VAT', 'NZ-2 Bolt Ltd: in general, no longer'],
    },
  ]);
});

it('counts clients, not assignments, and names filings as they are', () => {
  const to = { fromUserId: null, toUserId: 'sam' };
  const [clients] = assignmentNotices(
    [
      { ...acme, ...to },
      { ...acme, work: 'ltd', ...to },
      { ...bolt, ...to },
    ],
    'pat',
  );
  expect(clients?.title).toBe('2 clients are assigned to you');
  const [filings] = assignmentNotices([{ subject: 'VAT 2024-Q1 of NZ-1', work: 'filing', ...to }], 'pat');
  expect(filings).toEqual({ userId: 'sam', title: '1 filing is assigned to you', lines: ['VAT 2024-Q1 of NZ-1'] });
  const [both] = assignmentNotices(
    [
      { ...acme, ...to },
      { subject: 'VAT 2024-Q1 of NZ-1', work: 'filing', ...to },
    ],
    'pat',
  );
  expect(both?.title).toBe('1 client and 1 filing are assigned to you');
});

it('is cut where it would grow without end', () => {
  expect(firstLines(['a', 'b', 'c'], 2)).toEqual(['a', 'b', 'and 1 more']);
  expect(firstLines(['a', 'b'], 2)).toEqual(['a', 'b']);
});
