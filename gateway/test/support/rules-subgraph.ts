import { subgraphLinks } from './subgraph-links.ts';
import { startTestSubgraph, type TestSubgraph } from './test-subgraph.ts';

/** Knows metrics by reference only, as our notifications does. */
const rules = `${subgraphLinks}
  type Query { rule(id: ID!): Rule }
  type Metric @key(fields: "id") {
    id: ID!
    alertRules: [Rule!]!
  }
  type Rule @key(fields: "id") {
    id: ID!
    name: String!
  }
`;

const rulesResolvers = {
  Metric: {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    alertRules: ({ id }: { id: string }) => [{ id: `rule-${id}`, name: `Rule on ${id}` }],
  },
};

/** On a free port unless one is given. */
export function startRulesSubgraph(port?: number): Promise<TestSubgraph> {
  return startTestSubgraph(rules, rulesResolvers, port);
}

// By itself, so that it can be killed: its port is its only argument.
if (import.meta.main) {
  await startRulesSubgraph(Number(process.argv[2]));
  process.send?.('ready');
}
