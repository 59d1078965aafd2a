/** All that is made from one supergraph; a new supergraph is a new engine. */
import type { Context } from './context.ts';
import { createExecutor, type ExecuteOperation } from './execute/execute-operation.ts';
import { explainError } from './execute/explain-error.ts';
import type { ExplainError } from './execute/run/plan-run.ts';
import type { SubgraphClient } from './execute/subgraph-client/subgraph-client.ts';
import { createCompiler } from './operations/compile-operation.ts';
import { createOperationCache, type OperationCache } from './operations/operation-cache.ts';
import { createPlanner } from './operations/plan/planner.ts';
import type { Supergraph } from './supergraph/load-supergraph.ts';

export interface Engine {
  supergraph: Supergraph;
  operations: OperationCache;
  execute: ExecuteOperation;
  clients: ReadonlyMap<string, SubgraphClient>;
  explain: (context: Context) => ExplainError;
  close(): Promise<void>;
}

export interface EngineOptions {
  supergraph: Supergraph;
  clients: ReadonlyMap<string, SubgraphClient>;
  /** In production the schema cannot be read, and errors name no subgraph. */
  production: boolean;
}

const maxTokens = 15_000;
const planningDeadlineMilliseconds = 5_000;
const cacheBytes = 64 * 1_048_576;

export function createEngine({ supergraph, clients, production }: EngineOptions): Engine {
  const planner = createPlanner({
    sdl: supergraph.sdl,
    deadlineMilliseconds: planningDeadlineMilliseconds,
  });
  const operations = createOperationCache({
    compile: createCompiler({ supergraph, planner, introspection: !production, maxTokens }),
    maxBytes: cacheBytes,
  });
  const explain = (context: Context) => (subgraph: string, error: unknown) =>
    explainError({ discreet: production }, context, subgraph, error);
  return {
    supergraph,
    operations,
    clients,
    explain,
    execute: createExecutor({ schema: supergraph.apiSchema, clients, explain }),
    close: () => planner.close(),
  };
}
