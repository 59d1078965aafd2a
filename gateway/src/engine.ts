/** All that is made from one supergraph; a new supergraph is a new engine. */
import type { Logger, PolicySet } from '@tributary/chassis';
import type { LimitGuard } from '@tributary/operations';
import type { Configuration } from './configuration.ts';
import type { Context } from './context.ts';
import { createExecutor, type ExecuteOperation } from './execute/execute-operation.ts';
import { explainError } from './execute/explain-error.ts';
import type { ExplainError } from './execute/run/plan-run.ts';
import type { SubgraphClient } from './execute/subgraph-client/subgraph-client.ts';
import { createCompiler } from './operations/compile-operation.ts';
import { createOperationCache, type OperationCache } from './operations/operation-cache.ts';
import type { PartnerRegistry } from './operations/partners/partner-registry.ts';
import {
  createPartnerResolver,
  type ResolveFor,
} from './operations/partners/resolve-partner-operation.ts';
import { loadRegisteredOperations } from './operations/persisted/load-registered-operations.ts';
import {
  createOperationResolver,
  type ResolverOptions,
} from './operations/persisted/resolve-operation.ts';
import { createPlanner } from './operations/plan/planner.ts';
import type { Supergraph } from './supergraph/load-supergraph.ts';
import type { GatewayMetrics } from './telemetry/gateway-metrics.ts';

export interface Engine {
  supergraph: Supergraph;
  limits: LimitGuard;
  /** What `@policy` names. */
  policies: PolicySet;
  resolveOperation: ResolveFor;
  operations: OperationCache;
  execute: ExecuteOperation;
  /** By the subgraph's name. */
  clients: ReadonlyMap<string, SubgraphClient>;
  explain: (context: Context) => ExplainError;
  close(): Promise<void>;
}

export interface EngineOptions {
  configuration: Configuration;
  clientOf: (subgraph: { name: string; url: string }) => SubgraphClient;
  limits: LimitGuard;
  policies: PolicySet;
  /** Where texts come from besides the registered ones. */
  resolution: Omit<ResolverOptions, 'source'>;
  /** What API keys run; undefined where there are none. */
  partners: PartnerRegistry | undefined;
  /** In production the schema cannot be read, and errors name no subgraph. */
  production: boolean;
  metrics: GatewayMetrics;
  logger: Logger;
}

/** @throws saying what is wrong with a registered operation, before the supergraph serves. */
export async function createEngine(
  supergraph: Supergraph,
  options: EngineOptions,
): Promise<Engine> {
  const { configuration, limits, production, metrics, logger } = options;
  const { cost, operations: settings, persistedOperations, rateLimits } = configuration;
  const introspection = !production;
  const source = await loadRegisteredOperations(persistedOperations.operations, {
    schema: supergraph.apiSchema,
    costDirectives: supergraph.costDirectives,
    cost,
    limits,
    costBudget: rateLimits.cost?.points,
    introspection,
  });
  const planner = createPlanner({
    sdl: supergraph.sdl,
    deadlineMilliseconds: settings.planningDeadline,
    mostMegabytes: settings.planningMegabytes,
    onPlanned: metrics.planned,
    onFailure: (reason) => logger.warn({ reason }, 'a valid operation cannot be planned'),
  });
  const clients = new Map(
    supergraph.federated
      .subgraphsMetadata()
      .map(({ name, url }) => [name, options.clientOf({ name, url })]),
  );
  const explain = (context: Context) => (subgraph: string, error: unknown) =>
    explainError({ discreet: production }, context, subgraph, error);
  return {
    supergraph,
    limits,
    policies: options.policies,
    resolveOperation: createPartnerResolver({
      partners: options.partners,
      others: createOperationResolver({ ...options.resolution, source }),
    }),
    operations: createOperationCache({
      compile: createCompiler({ supergraph, planner, limits, cost, introspection }),
      maxBytes: settings.cacheBytes,
      onLookup: (hit) => metrics.cache('operation', hit ? 'hit' : 'miss'),
    }),
    clients,
    explain,
    execute: createExecutor({ schema: supergraph.apiSchema, clients, explain }),
    close: () => planner.close(),
  };
}
