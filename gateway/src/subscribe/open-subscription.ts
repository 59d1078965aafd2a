import { type GraphQLError, getArgumentValues, getVariableValues } from 'graphql';
import type { Context } from '../context.ts';
import type {
  CompileSubscription,
  SubscriptionOperation,
} from '../operations/subscription-operation.ts';
import type { Supergraph } from '../supergraph/load-supergraph.ts';
import { authoriseSubscription } from './authorise-subscription.ts';
import { channelName } from './channel-name.ts';
import type { MessageChannels } from './message-channels.ts';
import type { MessageResult, ResolveMessage } from './resolve-message.ts';

/** What a client sends to subscribe. */
export interface SubscriptionRequest {
  query: string;
  operationName: string | undefined;
  variables: Record<string, unknown>;
}

export type Opened =
  | { kind: 'refused'; errors: readonly unknown[] }
  | { kind: 'open'; operation: SubscriptionOperation; results: AsyncGenerator<MessageResult> };

/**
 * Compiles, authorises and opens a subscription. Its results go on until they are returned.
 * @throws TributaryError for what this principal, or anybody for the moment, cannot have.
 */
export type OpenSubscription = (request: SubscriptionRequest, context: Context) => Promise<Opened>;

export interface OpenSubscriptionOptions {
  supergraph: Supergraph;
  compile: CompileSubscription;
  channels: MessageChannels;
  resolveMessage: ResolveMessage;
}

export function createOpenSubscription(options: OpenSubscriptionOptions): OpenSubscription {
  const { supergraph, compile, channels, resolveMessage } = options;
  return async (request, context) => {
    const operation = compile(request);
    if (operation.kind === 'invalid') return { kind: 'refused', errors: operation.errors };
    const { errors, coerced } = coerceVariables(supergraph, operation, request.variables);
    if (errors) return { kind: 'refused', errors };
    authoriseSubscription(context.principal, operation.requirements);
    const channel = channelName({
      topic: operation.topic,
      args: argumentsOf(supergraph, operation, coerced),
      principal: context.principal,
    });
    const messages = await channels.listen(channel);
    const subscription = { operation, variables: request.variables, context };
    const results = mapAsync(messages, (message) => resolveMessage(subscription, message));
    return { kind: 'open', operation, results };
  };
}

function coerceVariables(
  { apiSchema }: Supergraph,
  { operation }: SubscriptionOperation,
  given: Record<string, unknown>,
): { errors?: readonly GraphQLError[]; coerced?: Record<string, unknown> } {
  return getVariableValues(apiSchema, operation.variableDefinitions ?? [], given, {
    maxErrors: 10,
  });
}

function argumentsOf(
  { apiSchema }: Supergraph,
  { field }: SubscriptionOperation,
  variables: Record<string, unknown> | undefined,
): Record<string, unknown> {
  const definition = apiSchema.getSubscriptionType()?.getFields()[field.name.value];
  if (!definition) throw new Error(`The supergraph has no Subscription.${field.name.value}.`);
  return getArgumentValues(definition, field, variables);
}

/** By hand, since returning an async generator function's result waits for the message it waits for. */
function mapAsync<From, To>(
  source: AsyncIterator<From, undefined>,
  map: (value: From) => Promise<To>,
): AsyncGenerator<To> {
  const finish = async (): Promise<IteratorReturnResult<undefined>> => {
    await source.return?.();
    return { done: true, value: undefined };
  };
  return {
    async next() {
      const result = await source.next();
      return result.done ? result : { done: false, value: await map(result.value) };
    },
    return: finish,
    async throw(error) {
      await finish();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await finish();
    },
  };
}
