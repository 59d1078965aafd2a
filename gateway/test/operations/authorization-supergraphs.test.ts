import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { readAccessRequirements } from '../../src/supergraph/access-requirements.ts';
import { composeSupergraph } from '../support/composed-supergraph.ts';
import { restrict } from '../support/restrict.ts';

const media = `
  type Query { media: [Media!]! book: Book }
  interface Media @key(fields: "id") { id: ID! title: String }
  type Book implements Media @key(fields: "id") { id: ID! title: String }
  type Film implements Media @key(fields: "id") { id: ID! title: String @authenticated }
`;

test('a field that an interface object adds is guarded on the interface and on its implementations', () => {
  const ratings = `
    type Media @key(fields: "id") @interfaceObject {
      id: ID!
      rating: Int @requiresScopes(scopes: [["read:ratings"]])
    }
  `;
  const supergraph = composeSupergraph({ media, ratings });

  const { left, denied } = restrict(
    supergraph,
    '{ media { id rating ... on Book { rating } } book { id r: rating } }',
  );

  expect(left).toBe('{ media { id __typename } book { id } }');
  expect(denied).toEqual([
    'UNAUTHENTICATED Book.rating needs the scope read:ratings.',
    'UNAUTHENTICATED Media.rating needs the scope read:ratings.',
  ]);
});

test('an interface asks for what its implementations ask, though the supergraph does not say so on it', () => {
  const supergraph = composeSupergraph(
    { media },
    { edit: (sdl) => sdl.replace(/(interface Media[^}]*title: String).*@authenticated/, '$1') },
  );

  expect(restrict(supergraph, '{ media { id title } book { title } }').left).toBe(
    '{ media { id } book { title } }',
  );
});

test('what an older composition let somebody ask of an interface holds for its implementations', () => {
  const supergraph = composeSupergraph(
    { media },
    {
      edit: (sdl) =>
        sdl
          .replaceAll(/(title: String.*) @authenticated/g, '$1')
          .replace(/(interface Media[^}]*title: String)/, '$1 @authenticated'),
    },
  );

  expect(
    restrict(supergraph, '{ media { id ... on Book { title } } book { id title } }').left,
  ).toBe('{ media { id __typename } book { id } }');
});

test('what implementations ask differently does not spread from one to the other', () => {
  const supergraph = composeSupergraph({
    media: `
      type Query { media: [Media!]! }
      interface Media { title: String }
      type Book implements Media { title: String @requiresScopes(scopes: [["a"], ["b"]]) }
      type Film implements Media { title: String @requiresScopes(scopes: [["c"]]) }
      type Song implements Media { title: String }
    `,
  });
  const text = '{ media { ... on Book { title } ... on Film { title } ... on Song { title } } }';

  const { left, denied } = restrict(supergraph, text, { authenticated: true, scopes: ['b'] });

  expect(left).toBe('{ media { ... on Book { title } ... on Song { title } __typename } }');
  expect(denied).toEqual(['FORBIDDEN Film.title needs the scope c.']);
  expect(
    restrict(supergraph, '{ media { title } }', { authenticated: true, scopes: ['b', 'c'] }).denied,
  ).toEqual([]);
});

const products = `
  type Query { product: Product }
  type Product @key(fields: "id") {
    id: ID!
    weight: Int
    box: Box
  }
  type Box @key(fields: "id") { id: ID! size: Int @requiresScopes(scopes: [["read:size"]]) }
`;
const shipping = `
  type Product @key(fields: "id") {
    id: ID!
    weight: Int @external
    box: Box @external
    estimate: Int @requires(fields: "weight box { size }") @requiresScopes(scopes: [["read:size"]])
    offer: Int @requires(fields: "weight")
  }
  type Box @key(fields: "id") { id: ID! size: Int @external }
`;
const quotes = `
  type Product @key(fields: "id") {
    id: ID!
    estimate: Int @external
    quote: String @requires(fields: "estimate") @requiresScopes(scopes: [["read:size"]])
  }
`;

test('a field that reads another’s by @requires asks for what that asks, along any chain', () => {
  // Composition since 2.9.5 has the field say so itself; older supergraphs do not.
  const silent = /((estimate|quote): \w+.*) @requiresScopes\(.*\)/g;
  const supergraph = composeSupergraph(
    { products, shipping, quotes },
    { edit: (sdl) => sdl.replaceAll(silent, '$1') },
  );

  const { left, denied } = restrict(supergraph, '{ product { quote estimate offer weight } }');

  expect(left).toBe('{ product { offer weight } }');
  expect(denied).toEqual([
    'UNAUTHENTICATED Product.estimate needs the scope read:size.',
    'UNAUTHENTICATED Product.quote needs the scope read:size.',
  ]);
});

test('a field that reads one above by @fromContext asks for what that asks', () => {
  const requirements = readAccessRequirements(
    parse(`
      schema
        @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION)
        @link(url: "https://specs.apollo.dev/context/v0.1", for: SECURITY) { query: Query }
      type Query { user: User }
      type User @context(name: "s__user") { id: ID! currency: String @authenticated cart: Cart }
      type Cart {
        total(currency: String): Int @join__field(graph: S, contextArguments: [
          { context: "s__user", name: "currency", type: "String", selection: "{ currency }" }
        ])
        open: Boolean
      }
    `),
  );

  expect(requirements.get('Cart.total')).toEqual([{ kind: 'authenticated' }]);
  expect(requirements.has('Cart.open')).toBe(false);
});

test.each([
  ['under another name', 'import: [{ name: "@authenticated", as: "@auth" }, "@key"]', '@auth'],
  ['under its namespace', 'import: ["@key"]', '@federation__authenticated'],
  ['under another namespace', 'as: "fed", import: ["@key"]', '@fed__authenticated'],
])('the directives are enforced %s', (_, link, directive) => {
  const supergraph = composeSupergraph(
    { a: `type Query { open: Int audit: Int ${directive} }` },
    {
      link: `extend schema
        @link(url: "https://specs.apollo.dev/link/v1.0")
        @link(url: "https://specs.apollo.dev/federation/v2.9", ${link})`,
    },
  );

  expect(restrict(supergraph, '{ open audit }').left).toBe('{ open }');
});

test.each([
  ['as: "auth"', 'auth'],
  ['import: [{ name: "@authenticated", as: "@signedIn" }]', 'signedIn'],
  ['as: "a", import: ["@authenticated"]', 'authenticated'],
])('the supergraph may link them with %s', (how, name) => {
  const requirements = readAccessRequirements(
    parse(`
      schema @link(url: "https://specs.apollo.dev/authenticated/v0.1", ${how}, for: SECURITY) { query: Query }
      type Query { audit: Int @${name} other: Int @unrelated }
    `),
  );

  expect([...requirements]).toEqual([['Query.audit', [{ kind: 'authenticated' }]]]);
});

test('a directive of that name counts even where nobody linked it', () => {
  const requirements = readAccessRequirements(parse('type Query { audit: Int @authenticated }'));

  expect(requirements.has('Query.audit')).toBe(true);
});

test('groups that are none are refused, with the place', () => {
  const sdl = 'type Query { audit: Int @requiresScopes(scopes: ["admin"]) }';

  expect(() => readAccessRequirements(parse(sdl))).toThrow(
    'Query.audit: @requiresScopes takes a list of lists of names.',
  );
});

test('of no groups, none can be met', () => {
  const supergraph = composeSupergraph({
    a: 'type Query { open: Int audit: Int @requiresScopes(scopes: []) plan: Int @policy(policies: []) }',
  });

  const all = { authenticated: true, scopes: ['admin'], policies: ['all'] };
  expect(restrict(supergraph, '{ open audit plan }', all).left).toBe('{ open }');
});

test('what clients do not see of an interface counts too', () => {
  const supergraph = composeSupergraph({
    a: `
      type Query { media: [Media!]! }
      interface Media { title: String }
      type Book implements Media { title: String }
      type Hidden implements Media @inaccessible { title: String @authenticated }
    `,
  });

  expect(restrict(supergraph, '{ media { title } }').left).toBe('{ media { __typename } }');
});
