import type { FetchNode } from '@apollo/query-planner';
import {
  type FieldNode,
  GraphQLError,
  getArgumentValues,
  getOperationAST,
  Kind,
  parse,
} from 'graphql';
import type { Context } from '../context.ts';
import type { Engine } from '../engine.ts';
import { coerceVariables } from '../execute/execute-operation.ts';
import { accessClaims } from '../identity/access-claims.ts';
import type { PlannedOperation } from '../operations/compiled-operation.ts';
import type { GraphQLRequest } from '../operations/graphql-request.ts';
import type { ClientIdentity } from '../operations/persisted/operation-source.ts';
import type { Resolution } from '../operations/persisted/resolve-operation.ts';
import type { Asker } from '../rate-limits/asker.ts';
import { overBudget } from '../rate-limits/over-budget.ts';
import type { RateLimits } from '../rate-limits/rate-limits.ts';
import { rateLimited } from '../rate-limits/rate-verdict.ts';
import type { Topic } from '../supergraph/topics.ts';
import type { Subscription } from './resolve-message.ts';

export interface PreparedSubscription {
  kind: 'prepared';
  subscription: Subscription;
  topic: Topic;
  /** The root field's arguments. */
  args: Record<string, unknown>;
  /** What authorization keeps from the principal. */
  unmet: string;
}

export type Preparation =
  | PreparedSubscription
  | { kind: 'refused'; errors: readonly GraphQLError[] };

/** What a client asks for, and who is counted for it. */
export interface AskedSubscription extends GraphQLRequest {
  client: ClientIdentity;
  asker: Asker;
}

export interface Preparing {
  engine: Engine;
  /** Undefined where nothing is limited by rate. */
  rateLimits: RateLimits | undefined;
}

/**
 * A subscription's way until it listens, the same as a query's until it runs: text or id → compiled →
 * within limits and budgets → planned without what the principal may not see.
 * @throws TributaryError for what cannot be found or planned for the moment, RATE_LIMITED among them.
 */
export async function prepareSubscription(
  { engine, rateLimits }: Preparing,
  {
    resolution,
    operationName,
    variables: given,
    asker,
  }: AskedSubscription & { resolution: Resolution },
  context: Context,
): Promise<Preparation> {
  const { supergraph, limits } = engine;
  if (resolution.kind === 'refused') throw resolution.error;
  const compiled = engine.operations.compile({ text: resolution.text, operationName });
  if (compiled.kind === 'invalid') return { kind: 'refused', errors: compiled.errors };
  if (compiled.kind !== 'subscription') {
    return refused(`Only subscriptions run here. Send a ${compiled.kind} over HTTP.`);
  }
  const checked = coerceVariables(supergraph.apiSchema, compiled, given);
  if (checked.errors) return refused(...checked.errors.map(({ message }) => message));
  const { variables } = checked;
  const { cost } = compiled;
  const points = cost.evaluate(variables.coerced);
  const costly = cost.problem(variables.coerced) ?? limits.checkCost(points);
  if (costly) return { kind: 'refused', errors: [costly] };
  const names = [resolution.id, compiled.name];
  const verdict = overBudget({ rateLimits, asker, names, cost: points });
  if (verdict) throw rateLimited(verdict);
  const unmet = compiled.authorization.unmet(accessClaims(engine.policies, context));
  const planned = await compiled.plan(unmet);
  const { primary } = planned;
  const field = primary && rootFieldOf(primary);
  if (!primary || !field) return denied(planned);
  const topic = supergraph.topics.get(field.name.value);
  if (!topic) {
    return refused(`Subscription.${field.name.value} names no @topic: it cannot be served.`);
  }
  const args = argumentsOf(engine, field, variables.coerced);
  const subscription = { compiled, planned, primary, variables, context };
  return { kind: 'prepared', subscription, topic, args, unmet };
}

function denied({ denied: fields }: PlannedOperation): Preparation {
  const [denial] = fields.values();
  if (!denial) {
    return refused('Select one field of Subscription, without @skip or @include on it.');
  }
  const { message, code } = denial;
  return { kind: 'refused', errors: [new GraphQLError(message, { extensions: { code } })] };
}

function refused(...messages: string[]): Preparation {
  const extensions = { code: 'GRAPHQL_VALIDATION_FAILED' };
  return {
    kind: 'refused',
    errors: messages.map((message) => new GraphQLError(message, { extensions })),
  };
}

function rootFieldOf({ operation }: FetchNode): FieldNode | undefined {
  const definition = getOperationAST(parse(operation, { noLocation: true }));
  const [field] = definition?.selectionSet.selections ?? [];
  return field?.kind === Kind.FIELD ? field : undefined;
}

function argumentsOf(
  { supergraph }: Engine,
  field: FieldNode,
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const definition = supergraph.apiSchema.getSubscriptionType()?.getFields()[field.name.value];
  if (!definition) throw new Error(`The supergraph has no Subscription.${field.name.value}.`);
  return getArgumentValues(definition, field, variables);
}
