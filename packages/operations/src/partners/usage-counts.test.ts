import fc from 'fast-check';
import { expect, test } from 'vitest';
import { durationBounds, readUsageFields, toUsageFields } from './usage-counts.ts';

const count = fc.nat(1_000_000);
const counted = fc.record({
  day: fc.constant('2026-11-28'),
  client: fc.uuid(),
  operation: fc.string({ unit: 'binary' }),
  requests: count,
  errors: count,
  microseconds: fc.nat(),
  buckets: fc.array(count, {
    minLength: durationBounds.length + 1,
    maxLength: durationBounds.length + 1,
  }),
});

test('whatever an operation is called, its counts are read as they were written', () => {
  fc.assert(
    fc.property(counted, (counts) => {
      const hash = Object.fromEntries(
        toUsageFields(counts, counts).map(([field, growth]) => [field, String(growth)]),
      );
      const isNothing = Object.keys(hash).length === 0;
      expect(readUsageFields(hash)).toEqual(isNothing ? [] : [counts]);
    }),
  );
});

test('fields that are none of ours are passed over', () => {
  expect(readUsageFields({ '': '1', 'x y z': '1', '2026-11-28 c requests a': 'many' })).toEqual([]);
  expect(readUsageFields({ '2026-11-28 c 99 a': '1' })).toMatchObject([{ requests: 0 }]);
});
