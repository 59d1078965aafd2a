import { buildOperationContext, executeQueryPlan, type ServiceMap } from '@apollo/gateway';
import type { PlanNode } from '@apollo/query-planner';
import type { DocumentNode, ExecutionResult, OperationDefinitionNode } from 'graphql';
import type { Context } from '../context.ts';
import type { Supergraph } from '../supergraph/load-supergraph.ts';
import type { DataSources } from './data-sources.ts';

/** An operation that was validated and planned. */
export interface PlannedOperation {
  source: string;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  plan: PlanNode;
}

export interface PlanInput {
  variables: Record<string, unknown>;
  /** Where the plan's fetches go. */
  dataSources: DataSources;
  context: Context;
}

export type RunPlan = (planned: PlannedOperation, input: PlanInput) => Promise<ExecutionResult>;

type RequestContext = Parameters<typeof executeQueryPlan>[2];

/** Runs plans with Apollo's executor outside of Apollo Server: fetches, merges and shapes the answer. */
export function createRunPlan({ supergraph }: { supergraph: Supergraph }): RunPlan {
  const supergraphSchema = supergraph.federated.schema.toGraphQLJSSchema();
  const apiSchema = supergraph.federated.apiSchema();

  return (planned, input) => {
    const { document, operation, plan } = planned;
    return executeQueryPlan(
      { kind: 'QueryPlan', node: plan },
      input.dataSources as ServiceMap,
      toRequestContext(supergraph, planned, input),
      buildOperationContext({
        schema: supergraph.apiSchema,
        operationDocument: document,
        ...(operation.name && { operationName: operation.name.value }),
      }),
      supergraphSchema,
      apiSchema,
    );
  };
}

/** The executor reads request, context, logger and metrics; the rest is here for its type. */
function toRequestContext(
  supergraph: Supergraph,
  { source, document, operation }: PlannedOperation,
  { variables, context }: PlanInput,
): RequestContext {
  return {
    request: { query: source, variables },
    context,
    logger: context.logger,
    metrics: {},
    schema: supergraph.apiSchema,
    schemaHash: '' as RequestContext['schemaHash'],
    cache: { get: async () => undefined, set: async () => {}, delete: async () => false },
    queryHash: '',
    source,
    document,
    operation,
    operationName: operation.name?.value ?? null,
    overallCachePolicy: undefined,
  };
}
