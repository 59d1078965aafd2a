import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { type PlanNode, QueryPlanner } from '@apollo/query-planner';
import { withoutSecurityPurpose } from '@tributary/operations';
import { print } from 'graphql';
import { expect, test } from 'vitest';
import { composeSupergraph } from '../support/composed-supergraph.ts';
import { restrict } from '../support/restrict.ts';

const staff = `
  type Query { employees: [Employee!]! }
  type Employee @key(fields: "id") { id: ID! name: String salary: Int @policy(policies: [["hr"]]) }
`;
const bonuses = `
  type Employee @key(fields: "id") {
    id: ID!
    salary: Int @external
    bonus: Int @requires(fields: "salary") @policy(policies: [["hr"]])
    desk: String
  }
`;

test('what is denied is fetched from no subgraph, not even for another field', () => {
  // As compositions before 2.9.5 wrote it: the bonus does not say what its salary asks.
  const supergraph = composeSupergraph(
    { staff, bonuses },
    { edit: (sdl) => sdl.replace(/(bonus: Int .*) @policy\(.*\)/, '$1') },
  );
  const planner = new QueryPlanner(
    Supergraph.build(print(withoutSecurityPurpose(supergraph.document))),
  );
  const fetchesFor = (policies: string[]) => {
    const { restricted } = restrict(supergraph, '{ employees { name bonus desk } }', { policies });
    if (!restricted.document) throw new Error('nothing is left');
    const operation = operationFromDocument(planner.supergraph.apiSchema(), restricted.document);
    return fetchesOf(planner.buildQueryPlan(operation).node).join('\n');
  };

  expect(fetchesFor(['hr'])).toMatch(/salary[\s\S]*bonus/);
  expect(fetchesFor([])).not.toMatch(/salary|bonus/);
  expect(fetchesFor([])).toMatch(/name[\s\S]*desk/);
});

/** The texts that subgraphs are sent. */
function fetchesOf(node: object | undefined): string[] {
  if (!node) return [];
  const { kind } = node as PlanNode;
  if (kind === 'Fetch' && 'operation' in node) return [String(node.operation)];
  return Object.values(node).flatMap((value: unknown) =>
    typeof value === 'object' && value !== null ? fetchesOf(value) : [],
  );
}
