/**
 * What was published about ways around `@authenticated`, `@requiresScopes` and `@policy`. In each the
 * client asks for what it may not see by a detour; it must get all the rest, an error, and no secret,
 * and no subgraph may have been asked for it.
 */
import { composeServices } from '@apollo/composition';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporarySupergraph } from '../conformance/support/temporary-supergraph.ts';
import { type GatewayProcess, startGateway } from '../support/gateway-process.ts';
import { startTestSubgraph, type TestSubgraph } from '../support/test-subgraph.ts';
import { startTokenIssuer } from '../support/token-issuer.ts';

const accounts = `
  extend schema
    @link(
      url: "https://specs.apollo.dev/federation/v2.9"
      import: [
        "@key" "@shareable" { name: "@authenticated", as: "@signedIn" }
        { name: "@requiresScopes", as: "@mayRead" } "@policy"
      ]
    )
  type Query {
    accounts: [Account!]
    owners: [Owner!]
    renamed: String @signedIn
    scoped: String @mayRead(scopes: [["read:secrets"]])
    judged: String @policy(policies: [["nobody"]])
    guarded: Guarded
    open: String
  }
  interface Account { id: ID! number: String }
  type Person implements Account @key(fields: "id") { id: ID! number: String @signedIn name: String }
  type Firm implements Account @key(fields: "id") { id: ID! number: String @signedIn }
  union Owner = Person | Firm
  type Guarded @signedIn { id: ID }
`;

const ratings = `
  extend schema
    @link(
      url: "https://specs.apollo.dev/federation/v2.9"
      import: ["@key" "@external" "@requires" { name: "@authenticated", as: "@signedIn" }]
    )
  type Person @key(fields: "id") {
    id: ID!
    number: String @external
    rating: String @signedIn @requires(fields: "number")
  }
`;

const person = { __typename: 'Person', id: '1', number: 'hidden-1', name: 'Ada' };
const firm = { __typename: 'Firm', id: '2', number: 'hidden-2' };
const resolvers = {
  Query: {
    accounts: () => [person, firm],
    owners: () => [person, firm],
    guarded: () => ({ id: 'hidden-3' }),
    open: () => 'open',
    ...Object.fromEntries(['renamed', 'scoped', 'judged'].map((name) => [name, () => 'hidden-4'])),
  },
};

let resources: AsyncDisposableStack;
let gateway: GatewayProcess;
let subgraphs: TestSubgraph[];
beforeAll(async () => {
  await using starting = new AsyncDisposableStack();
  subgraphs = [
    starting.use(await startTestSubgraph(accounts, resolvers)),
    starting.use(
      await startTestSubgraph(ratings, {
        Person: { rating: ({ number }: { number?: string }) => `of ${number}` },
      }),
    ),
  ];
  const { errors, supergraphSdl } = composeServices(
    subgraphs.map(({ url, typeDefs }, at) => ({ name: `s${at}`, url, typeDefs })),
  );
  if (!supergraphSdl) throw new AggregateError(errors ?? [], String(errors));
  const issuer = starting.use(await startTokenIssuer());
  const supergraph = starting.use(await temporarySupergraph(supergraphSdl));
  gateway = starting.use(
    await startGateway({ supergraph: supergraph.path, environment: issuer.environment }),
  );
  resources = starting.move();
});
afterAll(() => resources?.disposeAsync());

test.each([
  ['CVE-2025-64347: directives under another name', '{ open renamed }', /renamed/],
  ['CVE-2025-64347: scopes under another name', '{ open scoped }', /scoped/],
  ['CVE-2025-64347: a policy', '{ open judged }', /judged/],
  ['CVE-2025-64347: a type, not a field', '{ open guarded { id } }', /guarded/],
  ['CVE-2025-64173: through the interface', '{ open accounts { id number } }', /number/],
  [
    'CVE-2025-64530: on the object, through the interface',
    '{ open accounts { id ... on Person { number } } }',
    /number/,
  ],
  [
    'CVE-2025-64530: through a union and an interface',
    '{ open owners { ... on Account { number } } }',
    /number/,
  ],
  ['under an alias', '{ open accounts { id: number } x: renamed }', /number|renamed/],
  [
    'by fragments within fragments',
    '{ open ...A } fragment A on Query { ...B } fragment B on Query { renamed accounts { ...C } } fragment C on Account { number }',
    /number|renamed/,
  ],
  ['under @include', 'query ($yes: Boolean = true) { open renamed @include(if: $yes) }', /renamed/],
  [
    'GHSA-m8jr-fxqx-8xx6: by a field that requires it',
    '{ open accounts { ... on Person { name rating } } }',
    /rating|number/,
  ],
])('%s is no way around', async (_, query, asked) => {
  for (const { requests } of subgraphs) requests.length = 0;

  const { data, errors, status } = await gateway.query(query);

  expect(status).toBe(200);
  expect(data?.open).toBe('open');
  expect(errors?.length).toBeGreaterThan(0);
  expect(JSON.stringify({ data, errors })).not.toContain('hidden');
  const sent = subgraphs.flatMap(({ requests }) => requests.map((request) => request.query));
  expect(sent.filter((text) => asked.test(text))).toEqual([]);
});

test('a key, a representation or `_entities` cannot be asked for from outside', async () => {
  const { errors } = await gateway.query(
    '{ _entities(representations: [{ __typename: "Person", id: "1" }]) { ... on Person { number } } }',
  );

  expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
});
