import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

/**
 * One subgraph that nobody asks: its messages hold all that is selected. Each gateway reads its own
 * directive of where they come from.
 */
const typeDefs = parse(`
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective"])
    @link(url: "https://tributary.dev/topic/v1.0", import: ["@topic"])
    @link(url: "https://the-guild.dev/mesh/spec/v1.0", import: ["@pubsubOperation"])
    @composeDirective(name: "@topic")
    @composeDirective(name: "@pubsubOperation")
  directive @topic(name: String!) on FIELD_DEFINITION
  directive @pubsubOperation(pubsubTopic: String!) on FIELD_DEFINITION
  type Query { nothing: Int }
  type Subscription {
    updated(topic: String!): Update!
      @topic(name: "bench.{args.topic}")
      @pubsubOperation(pubsubTopic: "{args.topic}")
  }
  type Update { publishedAt: Float! value: Float! points: [Point!]! }
  type Point { at: String! value: Float! count: Int! }
`);

export function composeBenchSupergraph(): string {
  const { supergraphSdl, errors } = composeServices([
    { name: 'live', url: 'http://127.0.0.1:1/graphql', typeDefs },
  ]);
  if (errors) throw new AggregateError(errors, 'The supergraph does not compose.');
  return supergraphSdl;
}
