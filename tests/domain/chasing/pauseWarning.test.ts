import { pauseWarning } from '../../../domain/chasing/pauseWarning';

it.each([
  ['until the deadline’s own day: a reminder still goes out on it', '2024-05-07', undefined],
  ['until the day after the deadline', '2024-05-08', 'past the deadline of 7 May 2024'],
  ['without an end', undefined, 'may pass without a reminder'],
])('a pause %s', (_case, until, warning) => {
  const said = pauseWarning(until, '2024-05-07');
  if (warning === undefined) expect(said).toBeUndefined();
  else expect(said).toContain(warning);
});
