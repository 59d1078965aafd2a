import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordsOf, toEntries } from './entries.ts';

const attribute = fc.oneof(fc.constant('same'), fc.string());
const record = fc.record(
  {
    id: attribute,
    workspace: attribute,
    type: attribute,
    data: fc.dictionary(fc.string(), fc.jsonValue()),
  },
  { requiredKeys: ['id'] },
);

test('records come out of their entries as they went in, whatever they have in common', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 20 }), (records) => {
      const written = JSON.parse(JSON.stringify(records));
      const read = toEntries(records, ['workspace', 'type', 'subject']).flatMap(recordsOf);
      expect(read).toEqual(written);
    }),
  );
});

test('what is no entry is one record, and an array is the records in it', () => {
  expect(recordsOf('no JSON')).toEqual(['no JSON']);
  expect(recordsOf('{"records":1}')).toEqual([{ records: 1 }]);
  expect(recordsOf('[{"id":"1"},2]')).toEqual([{ id: '1' }, 2]);
});
