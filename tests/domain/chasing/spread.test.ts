import { SPREAD_MS, spreadOf } from '../../../domain/chasing/spread';
import { newId } from '../../../models/ids';

const PARTS = 15;

it('gives a client the same place each time, and many of them places all over the spread', () => {
  const ids = Array.from({ length: 3_000 }, newId);
  const places = ids.map(spreadOf);
  expect(ids.map(spreadOf)).toEqual(places);
  expect(places.every((place) => Number.isInteger(place) && place >= 0 && place < SPREAD_MS)).toBe(true);
  const inEach = Array.from(
    { length: PARTS },
    (_, part) => places.filter((place) => Math.floor((place * PARTS) / SPREAD_MS) === part).length,
  );
  const fair = ids.length / PARTS;
  expect(Math.min(...inEach)).toBeGreaterThan(fair / 2);
  expect(Math.max(...inEach)).toBeLessThan(fair * 2);
});
