import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cloudEventSchema } from './cloud-event.ts';
import { compileCheck } from './compiled-check.ts';

const isCloudEvent = compileCheck(cloudEventSchema, 'input');

const text = fc.oneof(
  fc.string({ maxLength: 300, unit: 'grapheme' }),
  fc.constantFrom(
    '',
    '1.0',
    'application/json',
    '2026-02-29T00:00:00Z',
    '2026-11-21T09:30:00+01:00',
  ),
);
const value = fc.oneof(text, fc.jsonValue());
const good = {
  id: 'a',
  source: '/test',
  type: 'test.happened',
  time: '2026-11-21T09:30:00Z',
  data: {},
};

test('the compiled check says what the schema says of any value', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('id', 'source', 'type', 'time', 'data', 'subject', 'specversion', 'other'),
      fc.option(value, { nil: undefined }),
      (name, other) => {
        const event = JSON.parse(JSON.stringify({ ...good, [name]: other }));
        expect(isCloudEvent(event)).toBe(cloudEventSchema.safeParse(event).success);
      },
    ),
    { numRuns: 2_000 },
  );
});
