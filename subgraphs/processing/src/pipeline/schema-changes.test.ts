import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breakingChanges } from './schema-changes.ts';
import { createSchemaCompiler } from './validate.ts';

const flight = {
  type: 'object',
  required: ['delay'],
  properties: { delay: { type: 'integer', minimum: 0 }, gate: { type: 'string' } },
};
const withDelay = (delay: object) => ({ ...flight, properties: { ...flight.properties, delay } });

test.each([
  ['a description', { ...flight, description: 'A flight' }],
  [
    'an optional property beside open ones with any value',
    {
      ...flight,
      properties: { ...flight.properties, crew: {} },
    },
  ],
  ['numbers where integers were', withDelay({ type: 'number', minimum: 0 })],
  ['a wider bound', withDelay({ type: 'integer', minimum: -60 })],
  ['no bound', withDelay({ type: 'integer' })],
  ['another type besides', withDelay({ type: ['integer', 'null'], minimum: 0 })],
  ['less that is required', { ...flight, required: [] }],
  ['a property less', { ...flight, properties: { delay: flight.properties.delay } }],
])('%s breaks nothing', (_, next) => {
  expect(breakingChanges(flight, next)).toEqual([]);
});

test.each([
  ['properties.delay.type', withDelay({ type: 'string' })],
  ['properties.delay.minimum', withDelay({ type: 'integer', minimum: 1 })],
  ['properties.delay.maximum', withDelay({ type: 'integer', minimum: 0, maximum: 9 })],
  ['properties.delay.enum', withDelay({ type: 'integer', minimum: 0, enum: [1] })],
  [
    'properties.gate.pattern',
    {
      ...flight,
      properties: { ...flight.properties, gate: { type: 'string', pattern: '^A' } },
    },
  ],
  ['required', { ...flight, required: ['delay', 'gate'] }],
  ['additionalProperties', { ...flight, additionalProperties: false }],
  [
    'properties.crew.type',
    { ...flight, properties: { ...flight.properties, crew: { type: 'string' } } },
  ],
  ['oneOf', { ...flight, oneOf: [{}] }],
])('%s is told where it breaks', (path, next) => {
  expect(breakingChanges(flight, next).map((change) => change.path.join('.'))).toEqual([path]);
});

test.each([
  [
    'a name that only a pattern let through',
    { patternProperties: { '^a': {} }, additionalProperties: false },
    {
      patternProperties: { '^a': {} },
      properties: { a: { type: 'string' } },
      additionalProperties: false,
    },
    { a: 5 },
  ],
  [
    'a property that nothing evaluates any more',
    { properties: { a: {}, b: {} }, unevaluatedProperties: false },
    { properties: { a: {} }, unevaluatedProperties: false },
    { b: 5 },
  ],
  [
    'items that nothing evaluates any more',
    { items: { type: 'integer' }, unevaluatedItems: false },
    { unevaluatedItems: false },
    [5],
  ],
  [
    'a list that may lack what it contains',
    { type: 'array', contains: { type: 'integer' }, minContains: 0, maxContains: 9 },
    { type: 'array', contains: { type: 'integer' }, maxContains: 9 },
    [],
  ],
  ['a value that may be null', { type: 'string', nullable: true }, { type: 'string' }, null],
])('%s is no longer taken, and told of', (_, before, after, value) => {
  const compile = createSchemaCompiler();
  expect(compile(before)(value)).toBeUndefined();
  expect(compile(after)(value)).toBeDefined();
  expect(breakingChanges(before, after)).not.toEqual([]);
});

const name = fc.constantFrom('a', 'b');
const leaf = fc.constantFrom<unknown>(null, true, 0, 1, 2.5, -3, 'x', 'long text', [], {});
const value = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 2 }),
  fc.dictionary(name, fc.oneof(leaf, fc.array(leaf, { maxLength: 2 })), { maxKeys: 2 }),
);
const type = fc.constantFrom('object', 'array', 'string', 'number', 'integer', 'null');
const plain = {
  type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
  enum: fc.uniqueArray(fc.constantFrom(0, 1, 'x', null), { minLength: 1, maxLength: 3 }),
  minimum: fc.constantFrom(0, 1, 2),
  maxLength: fc.constantFrom(1, 5),
  minItems: fc.constantFrom(0, 1),
  required: fc.uniqueArray(name, { maxLength: 2 }),
};
const inner = fc.oneof(fc.boolean(), fc.record(plain, { requiredKeys: [] }));
const keywords = {
  ...plain,
  properties: fc.dictionary(name, inner, { maxKeys: 2 }),
  additionalProperties: inner,
  items: inner,
};
const schema = fc.record(keywords, { requiredKeys: [] });
/** One keyword other, or gone. */
const edit = fc.oneof(
  ...Object.entries(keywords).map(([keyword, arbitrary]) =>
    fc
      .option(arbitrary as fc.Arbitrary<unknown>, { nil: undefined })
      .map((to) => ({ [keyword]: to })),
  ),
);
const toJson = (one: object) => JSON.parse(JSON.stringify(one)) as Record<string, unknown>;

test('where no change is found, what the earlier schema took the next one takes', () => {
  const compile = createSchemaCompiler();
  let compatible = 0;
  const data = fc.array(value, { minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(schema, edit, data, (given, edited, values) => {
      const [before, after] = [toJson(given), toJson({ ...given, ...edited })];
      if (breakingChanges(before, after).length > 0) return;
      compatible += 1;
      const [earlier, next] = [compile(before), compile(after)];
      for (const one of values) if (!earlier(one)) expect(next(one)).toBeUndefined();
    }),
    { numRuns: 500 },
  );
  expect(compatible).toBeGreaterThan(50);
});
