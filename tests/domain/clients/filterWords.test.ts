import { FILTER_FIELDS } from '../../../domain/clients/filterFields';
import { FILTER_FIELD_PARTS, withFieldLabels } from '../../../domain/clients/filterWords';

it('has a word for each field that clients can be filtered by, each once and unlike the others', () => {
  const listed = FILTER_FIELD_PARTS.flatMap(({ fields }) => fields);
  expect(listed.map(({ field }) => field).toSorted()).toEqual(Object.keys(FILTER_FIELDS).toSorted());
  expect(new Set(listed.map(({ label }) => label)).size).toBe(listed.length);
});

it('puts people’s words for fields into a sentence of the API, and leaves all others', () => {
  expect(withFieldLabels('Condition 1 of group 1: nextYearEnd is compared with a date that exists, not lessThan')).toBe(
    'Condition 1 of group 1: “Next year end” is compared with a date that exists, not lessThan',
  );
});
