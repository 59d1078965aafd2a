/** A subscription's text, compiled once and cached: parsed, validated, its demands known, planned. */
import { operationFromDocument } from '@apollo/federation-internals';
import { type FetchNode, QueryPlanner, type SubscriptionNode } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  getOperationAST,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { PlannedOperation } from '../execute/run-plan.ts';
import type { AccessRequirement } from '../supergraph/access-requirements.ts';
import type { Supergraph } from '../supergraph/load-supergraph.ts';
import { operationRequirements } from './operation-requirements.ts';

/** Stands in plans for the message, the subscription's primary result. */
export const messageSubgraph = '(message)';

export interface SubscriptionOperation extends PlannedOperation {
  kind: 'subscription';
  /** The root field, fragments resolved. */
  field: FieldNode;
  /** The field's `@topic` template. */
  topic: string;
  requirements: readonly AccessRequirement[];
  /** The subgraph that owns the root field. */
  owner: string;
}

export interface InvalidOperation {
  kind: 'invalid';
  errors: readonly GraphQLError[];
}

export interface SubscriptionSource {
  query: string;
  operationName: string | undefined;
}

export type CompileSubscription = (
  source: SubscriptionSource,
) => SubscriptionOperation | InvalidOperation;

export interface CompilerOptions {
  supergraph: Supergraph;
  introspection: boolean;
}

export function createSubscriptionCompiler(options: CompilerOptions): CompileSubscription {
  const compiled = new LRUCache<string, ReturnType<CompileSubscription>>({ max: 1000 });
  // Without fragments in its fetches, a fetch's selections can be cut and sent alone.
  const planner = new QueryPlanner(options.supergraph.federated, {
    exposeDocumentNodeInFetchNode: true,
    reuseQueryFragments: false,
  });

  return (source) => {
    const key = `${source.operationName ?? ''}\n${source.query}`;
    const known = compiled.get(key);
    if (known) return known;
    const fresh = compile(source, planner, options);
    compiled.set(key, fresh);
    return fresh;
  };
}

function compile(
  source: SubscriptionSource,
  planner: QueryPlanner,
  { supergraph, introspection }: CompilerOptions,
): ReturnType<CompileSubscription> {
  try {
    const document = parse(source.query);
    const rules = [...specifiedRules, ...(introspection ? [] : [NoSchemaIntrospectionCustomRule])];
    const errors = validate(supergraph.apiSchema, document, rules);
    if (errors.length > 0) return { kind: 'invalid', errors: errors.map(asInvalid) };
    const operation = requireSubscription(document, source.operationName);
    const { primary, rest } = planSubscription(planner, supergraph, document, operation);
    const field = rootFieldOf(primary);
    return {
      kind: 'subscription',
      source: source.query,
      document,
      operation,
      field,
      topic: topicOf(supergraph, field),
      requirements: operationRequirements(
        document,
        supergraph.apiSchema,
        supergraph.accessRequirements,
      ),
      owner: primary.serviceName,
      plan: {
        kind: 'Sequence',
        nodes: [{ ...primary, serviceName: messageSubgraph }, ...(rest ? [rest] : [])],
      },
    };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { kind: 'invalid', errors: [asInvalid(error)] };
  }
}

function requireSubscription(
  document: DocumentNode,
  operationName: string | undefined,
): OperationDefinitionNode {
  const operation = getOperationAST(document, operationName);
  if (!operation) {
    throw new GraphQLError('Name the operation: the document holds none or several of this name.');
  }
  if (operation.operation === 'subscription') return operation;
  throw new GraphQLError(`Only subscriptions run here. Send a ${operation.operation} over HTTP.`);
}

function planSubscription(
  planner: QueryPlanner,
  supergraph: Supergraph,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): SubscriptionNode {
  const { node } = planner.buildQueryPlan(
    operationFromDocument(
      supergraph.federated.apiSchema(),
      document,
      operation.name ? { operationName: operation.name.value } : {},
    ),
  );
  if (node?.kind === 'Subscription') return node;
  throw new GraphQLError('Select one field of Subscription, without @skip or @include on it.');
}

function rootFieldOf({ operationDocumentNode, operation }: FetchNode): FieldNode {
  const definition = getOperationAST(operationDocumentNode ?? parse(operation));
  const [field] = definition?.selectionSet.selections ?? [];
  if (field?.kind === Kind.FIELD) return field;
  throw new Error('The plan of a subscription begins without a root field.');
}

function topicOf({ topics }: Supergraph, field: FieldNode): string {
  const topic = topics.get(field.name.value);
  if (topic !== undefined) return topic;
  throw new GraphQLError(`Subscription.${field.name.value} names no @topic: it cannot be served.`);
}

/** Under the code that the HTTP edge gives it too. */
function asInvalid(error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, {
    ...(error.nodes && { nodes: error.nodes }),
    ...(error.source && { source: error.source }),
    ...(error.positions && { positions: error.positions }),
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  });
}
