import { workDates } from '../../../domain/clients/workDates';

const TODAY = '2026-01-31';

it.each([
  [{ sa100Filed: true }, { sa100FiledDate: TODAY }],
  [{ sa100Filed: true, sa100FiledDate: '2026-01-30' }, { sa100Filed: true }],
  [{ jobCompletedDate: '2026-01-30' }, { jobCompleted: true }],
  [{ paperWorkReceived: false }, { paperWorkReceivedDate: null }],
  [{ paperWorkReceived: true, paperWorkReceivedDate: null }, {}],
  [{ jobCompletedDate: null }, {}],
  [{}, {}],
])('makes of %j what follows from it', (given, dates) => {
  expect(workDates(given, TODAY)).toEqual({ dates });
});

it.each([
  [{ sa100Filed: true, sa100FiledDate: '2026-02-01' }, 'Cannot lie in the future'],
  [{ sa100Filed: false, sa100FiledDate: '2026-01-30' }, 'What is not done has no date'],
])('refuses %j', (given, message) => {
  expect(workDates(given, TODAY)).toEqual({ problems: [{ path: 'sa100FiledDate', message }] });
});
