import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type EventData, readField, withField, withoutField } from './field-path.ts';

const name = fc.constantFrom('a', 'b', 'constructor', 'toString');
const path = fc.array(name, { minLength: 1, maxLength: 4 });
const data: fc.Arbitrary<EventData> = fc.dictionary(
  name,
  fc.oneof(
    fc.integer(),
    fc.dictionary(name, fc.oneof(fc.integer(), fc.dictionary(name, fc.integer()))),
  ),
);

test('what is written at a path is read there, unless something that is no object is in the way', () => {
  fc.assert(
    fc.property(data, path, fc.integer(), (before, at, value) => {
      const copy = structuredClone(before);
      const written = withField(before, at, value);
      expect(before).toEqual(copy);
      if (written) expect(readField(written, at)).toBe(value);
      else
        expect(at.some((_, end) => typeof readField(before, at.slice(0, end)) === 'number')).toBe(
          true,
        );
    }),
  );
});

test('what is removed is gone, and nothing else is', () => {
  fc.assert(
    fc.property(data, path, (before, at) => {
      const value = readField(before, at);
      const removed = withoutField(before, at);
      expect(readField(removed, at)).toBeUndefined();
      if (value === undefined) expect(removed).toEqual(before);
      else expect(withField(removed, at, value)).toEqual(before);
    }),
  );
});

test('inherited properties are not there', () => {
  expect(readField({}, ['constructor'])).toBeUndefined();
  expect(readField({ a: 'text' }, ['a', 'length'])).toBeUndefined();
});
