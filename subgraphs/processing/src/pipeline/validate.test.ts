import { describe, expect, test } from 'vitest';
import { createSchemaCompiler } from './validate.ts';

const compile = createSchemaCompiler();
const judge = (schema: object, data: unknown) => {
  const failure = compile(schema)(data);
  return failure && [failure.field, failure.reason];
};

describe('the reason says where, what was expected and what came', () => {
  const cases = [
    [{ properties: { a: { type: 'number' } } }, { a: 'x' }, 'data.a', 'must be number, got "x"'],
    [{ required: ['a'] }, {}, 'data.a', 'is required, got nothing'],
    [{ required: ['toString'] }, {}, 'data.toString', 'is required, got nothing'],
    [{ properties: {}, additionalProperties: false }, { b: 1 }, 'data.b', 'is not in the schema'],
    [{ properties: { a: { enum: ['x', 1] } } }, { a: 2 }, 'data.a', 'must be one of "x", 1, got 2'],
    [{ properties: { a: { const: null } } }, { a: 2 }, 'data.a', 'must be null, got 2'],
    [
      { properties: { a: { format: 'email' } } },
      { a: 'b' },
      'data.a',
      'must match format "email", got "b"',
    ],
    [
      { properties: { a: { items: { minimum: 3 } } } },
      { a: [3, 2] },
      'data.a.1',
      'must be >= 3, got 2',
    ],
    [
      { properties: { 'a/b~c': { type: 'null' } } },
      { 'a/b~c': [] },
      'data.a/b~c',
      'must be null, got an array of 0',
    ],
    [
      { properties: { a: { pattern: '^x+$' } } },
      { a: 'y' },
      'data.a',
      'must match pattern "^x+$", got "y"',
    ],
    [
      { properties: { a: { uniqueItems: true } } },
      {
        a: [
          { b: 1, c: 2 },
          { c: 2, b: 1 },
        ],
      },
      'data.a',
      'must not have the same item twice, got an array of 2',
    ],
  ] as const;
  for (const [schema, data, field, reason] of cases) {
    test(`${field} ${reason}`, () => expect(judge(schema, data)).toEqual([field, reason]));
  }

  test('in at most 100 characters of the value', () => {
    const failure = compile({ properties: { a: { type: 'number' } } })({ a: 'x'.repeat(1_000) });
    expect(failure?.reason).toMatch(/^must be number, got "x{97}…"$/);
  });
});

test('what fits passes', () => {
  const schema = {
    type: 'object',
    required: ['a'],
    properties: { a: { type: 'string', pattern: '^\\p{L}+\\u0021$', format: 'regex' } },
  };
  expect(judge(schema, { a: 'Füße!', more: [1, 1] })).toBeUndefined();
  expect(
    judge({ properties: { a: { uniqueItems: true } } }, { a: [1, '1', [1], { a: 1 }] }),
  ).toBeUndefined();
});

test('a schema made to take for ever takes no longer than others', () => {
  const data = {
    a: `${'a'.repeat(50_000)}b`,
    b: Array.from({ length: 50_000 }, (_, index) => ({ index })),
  };
  const validate = compile({ properties: { a: { pattern: '^(a+)+$' }, b: { uniqueItems: true } } });
  const before = performance.now();
  expect(validate({ b: data.b })).toBeUndefined();
  expect(validate(data)?.field).toBe('data.a');
  expect(performance.now() - before).toBeLessThan(2_000);
});

test('a repetition so long that trying it at each place of a text would take minutes is refused', () => {
  expect(() => compile({ properties: { a: { pattern: 'a{30000}b' } } })).toThrow(/repeat count/);
  const fixed = compile({ properties: { a: { pattern: '^a{30000}b$' } } });
  expect(fixed({ a: `${'a'.repeat(30_000)}b` })).toBeUndefined();
  expect(fixed({ a: 'a'.repeat(250_000) })?.field).toBe('data.a');
});

test('schemas that reach each other by $id, or are asynchronous, are not compiled', () => {
  const schema = { $id: 'https://example.test/a', type: 'object' };
  compile(schema);
  expect(() => compile({ $ref: 'https://example.test/a' })).toThrow(/resolve/);
  expect(() => compile({ $async: true })).toThrow(/async/);
});

test('a schema that calls itself the meta-schema does no harm to the next one', () => {
  const compile = createSchemaCompiler();
  compile({ $id: 'https://json-schema.org/draft/2020-12/schema', type: 'object' });
  expect(compile({ type: 'object', required: ['a'] })({})).toMatchObject({ field: 'data.a' });
});

const recursive = {
  $ref: '#/$defs/n',
  $defs: { n: { anyOf: [{ properties: { a: { $ref: '#/$defs/n' } } }, { type: 'object' }] } },
};
const wide = {
  properties: Object.fromEntries(
    Array.from({ length: 50 }, (_, n) => [`p${n}`, { $ref: '#/$defs/a' }]),
  ),
  $defs: {
    a: {
      properties: Object.fromEntries(
        Array.from({ length: 50 }, (_, n) => [`q${n}`, { type: 'string' }]),
      ),
    },
  },
};
test.each([
  ['refers to itself', recursive, /refers to itself/],
  ['grows by its references', wide, /more than 2000 parts/],
  [
    'names a part of itself',
    { properties: { a: { $id: 'https://x.test/a', type: 'object' } } },
    /\$id/,
  ],
  ['refers by another name', { $dynamicRef: '#a' }, /\$dynamicRef/],
])('a schema that %s, and so could cost everybody, is refused', (_, schema, reason) => {
  expect(() => createSchemaCompiler()(schema)).toThrow(reason);
});

test('properties may have the names of keywords', () => {
  const check = createSchemaCompiler()({
    properties: { $id: { type: 'string' }, $ref: { type: 'integer' } },
  });
  expect(check({ $id: 'x', $ref: 1 })).toBeUndefined();
  expect(check({ $ref: 'x' })).toMatchObject({ field: 'data.$ref' });
});
