import {
  compileCost,
  costConfigurationSchema,
  type OperationCost,
  readCostDirectives,
} from '@tributary/operations';
import fc from 'fast-check';
import { getOperationAST, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { type ComposedSupergraph, composeSupergraph } from '../support/composed-supergraph.ts';

const shop = `
  type Query {
    book(id: ID): Book
    books: [Book!]!
    ten(limit: Int): [Book] @listSize(assumedSize: 20, slicingArguments: ["limit"], requireOneSlicingArgument: false)
    page(first: Int, last: Int): BookPage @listSize(slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"])
    byDefault(first: Int = 5): [Book] @listSize(slicingArguments: ["first"])
    find(by: Filter, text: String @cost(weight: 3)): Book
    things: [Thing!]!
    thing: Thing
    map: Map
  }
  type Mutation { buy(id: ID): Book }
  input Filter { author: Filter tags: [Tag!] year: Int @cost(weight: 4) }
  input Tag { name: String }
  type BookPage { edges: [Edge!]! nodes: [Book!]! total: Int }
  type Edge { node: Book }
  scalar Map @cost(weight: 7)
  interface Thing { name: String price: Int }
  type Book implements Thing { title: String name: String price: Int author: Author review: String @cost(weight: 6) }
  type Toy implements Thing @cost(weight: 5) { name: String price: Int @cost(weight: 9) }
  type Author { name: String books: [Book!]! }
`;
const supergraph = composeSupergraph({ shop });

function costOf(text: string, over: ComposedSupergraph = supergraph): OperationCost {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error(`no operation in ${text}`);
  expect(validate(over.apiSchema, document)).toEqual([]);
  return compileCost({
    schema: over.apiSchema,
    directives: readCostDirectives(over.document),
    configuration: costConfigurationSchema.parse({}),
    document,
    operation,
  });
}

test.each([
  ['an object costs 1, a scalar nothing', '{ book { title author { name } } }', 2],
  ['a field’s weight stands in place of its type’s', '{ book { review } }', 7],
  ['a scalar’s weight', '{ map }', 7],
  ['a list of unknown length counts as ten', '{ books { author { name } } }', 20],
  ['lists in lists multiply', '{ books { author { books { title } } } }', 10 * (1 + 1 + 10)],
  ['an assumed size', '{ ten { title } }', 20],
  ['a slice that is asked for', '{ ten(limit: 3) { author { name } } }', 6],
  ['a slice by default', '{ byDefault { title } }', 5],
  ['sized fields of a page', '{ page(first: 7) { edges { node { title } } total } }', 1 + 7 * 2],
  [
    'both of a page’s lists',
    '{ page(last: 2) { edges { node { title } } nodes { title } } }',
    1 + 4 + 2,
  ],
  [
    'sized fields in fragments',
    '{ page(first: 3) { ...P } } fragment P on BookPage { ... { ...E } nodes { title } } fragment E on BookPage { edges { node { title } } }',
    1 + 6 + 3,
  ],
  ['an argument’s weight', '{ find(text: "x") { title } }', 4],
  ['nothing for a null argument', '{ find(text: null) { title } }', 1],
  [
    'input objects, what is in them, and lists of them',
    '{ find(by: { year: 1, author: { year: 2 }, tags: [{ name: "a" }, { name: "b" }] }) { title } }',
    1 + (1 + 4) + (1 + 4) + 2,
  ],
  ['an interface’s dearest implementation', '{ thing { name } }', 5],
  ['an interface’s dearest field', '{ thing { price } }', 5 + 9],
  ['an implementation of its own', '{ things { ... on Book { price } } }', 50],
  ['a mutation', 'mutation { buy(id: 1) { title } }', 11],
  ['what is left out for sure', '{ book @skip(if: true) { title } map @include(if: false) }', 0],
  ['introspection', '{ __typename __schema { types { fields { name } } } }', 0],
])('%s', (_, text, expected) => {
  expect(costOf(text).evaluate({})).toBe(expected);
});

test('sizes, arguments and conditions are taken from the variables of each request', () => {
  const { evaluate } = costOf(`
    query ($n: Int, $by: Filter, $text: String, $year: Int, $on: Boolean!) {
      ten(limit: $n) { author { name } }
      find(by: $by, text: $text) { title }
      other: find(by: { year: $year }) { title }
      map @include(if: $on)
    }
  `);

  expect(evaluate({ n: 3, on: false })).toBe(6 + 1 + 2);
  expect(evaluate({ n: 0, on: true })).toBe(0 + 1 + 2 + 7);
  expect(evaluate({ n: null, on: false })).toBe(40 + 1 + 2);
  expect(evaluate({ n: -5, on: false })).toBe(1 + 2);
  expect(evaluate({ n: 1, on: true, by: { tags: [{}, {}] }, text: 'x', year: 1 })).toBe(
    2 + (1 + 3 + 3) + (2 + 4) + 7,
  );
});

test.each([
  ['{ page { total } }', {}, false],
  ['{ page(first: 1) { total } }', {}, true],
  ['{ page(first: 1, last: 1) { total } }', {}, false],
  ['query ($f: Int, $l: Int) { page(first: $f, last: $l) { total } }', { f: 1 }, true],
  ['query ($f: Int, $l: Int) { page(first: $f, last: $l) { total } }', { f: 1, l: null }, true],
  ['query ($f: Int, $l: Int) { page(first: $f, last: $l) { total } }', { f: 1, l: 1 }, false],
  ['query ($f: Int, $l: Int) { page(first: $f, last: $l) { total } }', {}, false],
  ['{ byDefault { title } }', {}, true],
  ['{ ten { title } }', {}, true],
])('%s with %o gives one slicing argument: %s', (text, variables, isFine) => {
  const problem = costOf(text).problem(variables);

  expect(problem?.message).toBe(
    isFine
      ? undefined
      : 'Query.page takes exactly one of its arguments first, last, so that its cost is known.',
  );
});

test('fragments that double a hundred times are costed, not expanded', () => {
  const fragments = Array.from(
    { length: 100 },
    (_, n) => `fragment F${n} on Author { books { author { ...F${n + 1} ...F${n + 1} } } }`,
  );
  const text = `query ($n: Int) { ten(limit: $n) { author { ...F0 } } } ${fragments.join(' ')}
    fragment F100 on Author { books { title } }`;
  const { evaluate } = costOf(text);

  expect(evaluate({ n: 1 })).toBeGreaterThan(1e100);
  expect(evaluate({ n: 0 })).toBe(0);
});

test('spreading a fragment costs what writing its fields there costs', () => {
  const selection = fc.constantFrom(
    '{ edges { node { title review } } }',
    '{ nodes { author { books { title } } } total }',
    '{ edges { node { ... on Book { review } } } nodes { price } }',
  );
  fc.assert(
    fc.property(selection, selection, fc.nat(500), (left, right, first) => {
      const spread = `query ($n: Int) { page(first: $n) { ...A ...B ...A } }
        fragment A on BookPage ${left} fragment B on BookPage { ... on BookPage ${right} }`;
      const written = `query ($n: Int) { page(first: $n) { ... ${left} ... ${right} ... ${left} } }`;
      expect(costOf(spread).evaluate({ n: first })).toBe(costOf(written).evaluate({ n: first }));
    }),
    { numRuns: 50 },
  );
});

test('the directives are read under another name', () => {
  const renamed = composeSupergraph(
    {
      a: 'type Query { x: Int @weighs(weight: 4) y: [Int] @fed__listSize(assumedSize: 2) z: [Query] @fed__listSize(assumedSize: 2) }',
    },
    {
      link: `extend schema
        @link(url: "https://specs.apollo.dev/link/v1.0")
        @link(url: "https://specs.apollo.dev/federation/v2.9", as: "fed", import: [{ name: "@cost", as: "@weighs" }])`,
    },
  );

  expect(costOf('{ x z { x } }', renamed).evaluate({})).toBe(4 + 2 * 5);
});

test('a weight that is none is refused, with the place', () => {
  expect(() => readCostDirectives(parse('type Query { a: Int @cost(weight: "heavy") }'))).toThrow(
    /Query\.a: .*number/,
  );
});
