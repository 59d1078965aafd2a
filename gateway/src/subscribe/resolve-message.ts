import type { GraphQLFormattedError } from 'graphql';
import type { Context } from '../context.ts';
import type { DataSources } from '../execute/data-sources.ts';
import type { RunPlan } from '../execute/run-plan.ts';
import {
  messageSubgraph,
  type SubscriptionOperation,
} from '../operations/subscription-operation.ts';
import type { Supergraph } from '../supergraph/load-supergraph.ts';
import { formatErrors } from './format-errors.ts';
import { type CreateMessageSource, createMessageSourceFactory } from './message-source.ts';

/** What a subscriber gets for a message. */
export interface MessageResult {
  data?: Record<string, unknown> | null;
  errors?: GraphQLFormattedError[];
}

export interface Subscription {
  operation: SubscriptionOperation;
  variables: Record<string, unknown>;
  context: Context;
}

/** Never throws: what fails is in the result. */
export type ResolveMessage = (
  subscription: Subscription,
  message: unknown,
) => Promise<MessageResult>;

export interface ResolveMessageOptions {
  supergraph: Supergraph;
  dataSources: DataSources;
  runPlan: RunPlan;
}

/** The message answers the plan's first fetch, the other subgraphs the rest. */
export function createResolveMessage(options: ResolveMessageOptions): ResolveMessage {
  const { dataSources, runPlan } = options;
  const sources = createMessageSources(options);

  return async ({ operation, variables, context }, message) => {
    try {
      const messageSource = sources(operation.owner)(operation.field.name.value, message);
      const { data, errors } = await runPlan(operation, {
        variables,
        context,
        dataSources: { ...dataSources, [messageSubgraph]: messageSource },
      });
      return {
        data: data ?? null,
        ...(errors?.length && { errors: formatErrors(errors, context) }),
      };
    } catch (error) {
      return { data: null, errors: formatErrors([error], context) };
    }
  };
}

function createMessageSources({
  supergraph,
  dataSources,
}: ResolveMessageOptions): (owner: string) => CreateMessageSource {
  const factories = new Map<string, CreateMessageSource>();
  return (name) => {
    const known = factories.get(name);
    if (known) return known;
    const subgraph = supergraph.federated.subgraphs().get(name);
    const owner = dataSources[name];
    if (!subgraph || !owner) throw new Error(`The supergraph has no subgraph ${name}.`);
    const factory = createMessageSourceFactory({ subgraph: subgraph.schema, owner });
    factories.set(name, factory);
    return factory;
  };
}
