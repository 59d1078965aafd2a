import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { GraphQLError } from 'graphql';
import { startRulesSubgraph } from './rules-subgraph.ts';
import { subgraphLinks } from './subgraph-links.ts';
import { type SubgraphContext, startTestSubgraph, type TestSubgraph } from './test-subgraph.ts';

export const dashboardTopic = 'analytics.{claims.workspace}.dashboard.{args.dashboardId}';

/** Owns dashboards' widgets, as our analytics does. */
const boards = (topic: string) => `${subgraphLinks}
  scalar Instant
  type Query {
    header(name: String!): String
    fails(code: String!): String
    since(at: Instant!): Boolean
    widget(id: ID!): Widget
    counts(group: ID!, parity: [String!]): [Count!]
  }
  type Subscription {
    counted(group: ID!, parity: [String!]): Count!
      @topic(
        name: "counts.{args.group}"
        filter: ["parity in {args.parity}"]
        conflateBy: "parity"
        snapshot: "counts"
      )
    widgetUpdated(dashboardId: ID!): WidgetUpdate!
      @requiresScopes(scopes: [["read:analytics"]])
      @topic(name: "${topic}")
    noticed: Notice! @authenticated @topic(name: "notices.{claims.workspace}.user.{claims.subject}")
    ticked(size: Int): Tick! @topic(name: "ticks.{args.size}")
    confirmed: Tick! @policy(policies: [["fresh-second-factor"]]) @topic(name: "confirmed")
    untold: Int
  }
  type WidgetUpdate {
    widget: Widget!
    value: Float
    points: [Point!]!
    related: [Widget!]!
    freshness: Freshness!
  }
  type Point { value: Float! }
  type Tick { count: Int! metric: Metric }
  type Count { number: Int! parity: String! padding: String }
  type Freshness { lagMilliseconds: Int state: State! }
  enum State { LIVE STALLED }
  type Widget @key(fields: "id") {
    id: ID!
    title(upperCase: Boolean = false): String!
    metric: Metric!
    broken: String
  }
  type Metric @key(fields: "id") {
    id: ID!
    name: String!
    formula: String @requiresScopes(scopes: [["write:analytics"]])
  }
  type Notice @key(fields: "id") {
    id: ID!
    title: String!
    about: Widget
  }
`;

const widget = (id: string) => ({ id, metric: { id: `metric-of-${id}` } });

const boardsResolvers = {
  Query: {
    header: (_: unknown, { name }: { name: string }, { headers }: SubgraphContext) => headers[name],
    widget: (_: unknown, { id }: { id: string }) => widget(id),
    since: () => true,
    counts: () => [{ number: 0, parity: 'even' }],
    fails: (_: unknown, { code }: { code: string }) => {
      throw new GraphQLError('relation "secrets" does not exist', {
        extensions: { code, field: ['input', 'name'], sql: 'SELECT 1' },
      });
    },
  },
  Widget: {
    __resolveReference: ({ id }: { id: string }) => (id.startsWith('gone') ? null : widget(id)),
    title: ({ id }: { id: string }, { upperCase }: { upperCase: boolean }) =>
      upperCase ? `WIDGET ${id}` : `Widget ${id}`,
    broken: () => {
      throw new GraphQLError('Not this one.', { extensions: { code: 'CONFLICT' } });
    },
  },
  Metric: {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    name: ({ id }: { id: string }) => `Name of ${id}`,
  },
};

export interface TestSupergraph extends AsyncDisposable {
  /** The composed file. */
  path: string;
  boards: TestSubgraph;
  rules: TestSubgraph;
}

/** A small federation of two running subgraphs that our packages know nothing of. */
export async function startTestSupergraph(topic = dashboardTopic): Promise<TestSupergraph> {
  const resources = new AsyncDisposableStack();
  const subgraphs = {
    boards: resources.use(await startTestSubgraph(boards(topic), boardsResolvers)),
    rules: resources.use(await startRulesSubgraph()),
  };
  const composed = composeServices(
    Object.entries(subgraphs).map(([name, { url, typeDefs }]) => ({ name, url, typeDefs })),
  );
  if (composed.errors) throw new AggregateError(composed.errors, 'the test supergraph is wrong');
  const directory = await mkdtemp(join(tmpdir(), 'tributary-supergraph-'));
  resources.defer(() => rm(directory, { recursive: true }));
  const path = join(directory, 'supergraph.graphql');
  await writeFile(path, composed.supergraphSdl ?? '');
  return { path, ...subgraphs, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}
