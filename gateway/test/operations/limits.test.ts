import {
  createLimitGuard,
  type LimitViolation,
  limitsConfigurationSchema,
} from '@tributary/operations';
import { GraphQLError, getOperationAST } from 'graphql';
import { expect, test } from 'vitest';

interface Checked {
  /** What a client is told. */
  refused: { message: string; extensions: object }[];
  /** What is reported, enforced or not. */
  violations: LimitViolation[];
}

function check(text: string, limits: object = {}, operationName?: string): Checked {
  const violations: LimitViolation[] = [];
  const guard = createLimitGuard({
    limits: limitsConfigurationSchema.parse(limits),
    onViolation: (violation) => violations.push(violation),
  });
  const refused = attempt(() => {
    const document = guard.parse(text);
    const operation = getOperationAST(document, operationName);
    return operation ? guard.checkOperation(document, operation) : [];
  });
  return {
    refused: refused.map(({ message, extensions }) => ({ message, extensions })),
    violations,
  };
}

function attempt(run: () => GraphQLError[]): GraphQLError[] {
  try {
    return run();
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

test.each<[string, string, object, string]>([
  ['depth', '{ a { b { c } } }', { limit: 2, found: 3 }, '3 levels of nested fields'],
  [
    'depth',
    '{ ...F } fragment F on Q { a { ... { b { c } } } }',
    { limit: 2, found: 3 },
    '3 levels of nested fields',
  ],
  ['aliases', '{ a: x b: x ... { c: x } }', { limit: 2, found: 3 }, '3 aliases'],
  ['aliases', '{ ...F ...F } fragment F on Q { a: x b: y }', { limit: 3, found: 4 }, '4 aliases'],
  [
    'directives',
    'query ($v: I @b) @a { x @c @d ... @e { y } ...F @f } fragment F on Q @g { z @h }',
    { limit: 7, found: 8 },
    '8 directives',
  ],
  [
    'rootFields',
    '{ a ... on Q { b { x y } } ...F } fragment F on Q { c d }',
    { limit: 3, found: 4 },
    '4 root fields',
  ],
  [
    'fields',
    '{ a { b } ...F ...F } fragment F on Q { c { d } }',
    { limit: 5, found: 6 },
    '6 fields',
  ],
  ['fields', '{ __schema { types { fields { name } } } }', { limit: 3, found: 4 }, '4 fields'],
])(
  'too much %s is refused with the figure and the limit: %s',
  (dimension, text, figures, words) => {
    const limit = Reflect.get(figures, 'limit');

    const { refused, violations } = check(text, { [dimension]: limit });

    expect(refused).toEqual([
      {
        message: `The operation has ${words}; the limit is ${limit}.`,
        extensions: { code: 'OPERATION_TOO_COMPLEX', dimension, ...figures },
      },
    ]);
    expect(violations).toEqual([{ dimension, ...figures }]);
    expect(check(text, { [dimension]: limit + 1 }).refused).toEqual([]);
  },
);

test('too many tokens are refused without reading on', () => {
  const text = `{ ${'a '.repeat(50)} $ this is no GraphQL`;

  expect(check(text, { tokens: 20 }).refused).toEqual([
    {
      message: 'The operation has more than 20 tokens; the limit is 20.',
      extensions: { code: 'OPERATION_TOO_COMPLEX', dimension: 'tokens', limit: 20, found: 21 },
    },
  ]);
  expect(check('{ a b }', { tokens: 4 }).refused).toEqual([]);
});

test('a syntax error stays one, with its place', () => {
  expect(check('{ a(: 1) }').refused).toMatchObject([
    {
      message: expect.stringContaining('Syntax Error'),
      extensions: { code: 'GRAPHQL_PARSE_FAILED' },
    },
  ]);
});

test('what is only measured passes, and is told', () => {
  const text = '{ a: x b: y { c { d } } }';

  const { refused, violations } = check(text, { mode: 'measure', tokens: 5, aliases: 1, depth: 2 });

  expect(refused).toEqual([]);
  expect(violations).toEqual([
    { dimension: 'tokens', limit: 5, found: 6 },
    { dimension: 'depth', limit: 2, found: 3 },
    { dimension: 'aliases', limit: 1, found: 2 },
  ]);
});

test('only the operation that is to run counts', () => {
  const text = 'query A { a } query B { b { c { d } } }';

  expect(check(text, { depth: 2 }, 'A').refused).toEqual([]);
  expect(check(text, { depth: 2 }, 'B').refused).toHaveLength(1);
});

test('fragments that double a hundred times are measured, not expanded', () => {
  const fragments = Array.from(
    { length: 100 },
    (_, n) => `fragment F${n} on Q { ...F${n + 1} ...F${n + 1} }`,
  );
  const text = `{ ...F0 } ${fragments.join(' ')} fragment F100 on Q { a: x @d }`;

  expect(check(text).violations.map(({ dimension, found }) => [dimension, found])).toEqual([
    ['aliases', Number.MAX_SAFE_INTEGER],
    ['directives', Number.MAX_SAFE_INTEGER],
    ['rootFields', Number.MAX_SAFE_INTEGER],
    ['fields', Number.MAX_SAFE_INTEGER],
  ]);
});

test.each([
  ['itself', '{ ...F } fragment F on Q { a ...F }'],
  ['each other', '{ ...F } fragment F on Q { a { ...G } } fragment G on Q { b { ...F } }'],
  ['nobody', '{ a ...F }'],
  ['two of one name', '{ ...F } fragment F on Q { a } fragment F on Q { b }'],
])('fragments that spread %s are left to validation', (_, text) => {
  expect(check(text)).toEqual({ refused: [], violations: [] });
});

test.each(['enforce', 'measure'])(
  'a document too deep for the stack is refused in mode %s',
  (mode) => {
    const text = '{a'.repeat(200_000) + '}'.repeat(200_000);

    expect(check(text, { mode, tokens: 1_000_000 }).refused).toEqual([
      {
        message: 'The operation is nested too deeply to be read.',
        extensions: { code: 'OPERATION_TOO_COMPLEX', dimension: 'depth' },
      },
    ]);
  },
);

test('a chain of fragments too long for the stack is refused as well', () => {
  const fragments = Array.from({ length: 50_000 }, (_, n) => `fragment F${n} on Q{...F${n + 1}}`);

  expect(check(`{...F0} ${fragments.join(' ')}`, { tokens: 1_000_000 }).refused).toMatchObject([
    { extensions: { code: 'OPERATION_TOO_COMPLEX', dimension: 'depth' } },
  ]);
});

test('a limit that is none is refused by its name', () => {
  expect(() => limitsConfigurationSchema.parse({ depth: 0 })).toThrow(/depth/);
  expect(() => limitsConfigurationSchema.parse({ deepness: 3 })).toThrow(/deepness/);
});
