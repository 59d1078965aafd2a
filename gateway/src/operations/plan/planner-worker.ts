/** Plans operations on a thread of its own: planning takes from a millisecond to, for a hostile operation, forever. */
import { parentPort, workerData } from 'node:worker_threads';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { GraphQLError, parse } from 'graphql';
import type { PlanAnswer, PlanRequest } from './planner-thread.ts';

const supergraph = Supergraph.build(String(workerData));
const planner = new QueryPlanner(supergraph, {
  // Fetches are combined and cut by their fields, which fragments would hide.
  reuseQueryFragments: false,
});

function plan({ text, operationName }: PlanRequest): PlanAnswer {
  try {
    const operation = operationFromDocument(
      supergraph.apiSchema(),
      parse(text, { noLocation: true }),
      operationName === undefined ? {} : { operationName },
    );
    return { kind: 'planned', node: planner.buildQueryPlan(operation).node };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: error instanceof GraphQLError ? 'refused' : 'failed', reason };
  }
}

parentPort?.on('message', (request: PlanRequest) => parentPort?.postMessage(plan(request)));
parentPort?.postMessage({ kind: 'ready' });
