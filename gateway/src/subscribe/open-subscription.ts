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
import { operationRequirements } from '../operations/operation-requirements.ts';
import type { Supergraph } from '../supergraph/load-supergraph.ts';
import { authoriseSubscription } from './authorise-subscription.ts';
import { channelName } from './channel-name.ts';
import type { MessageChannels } from './message-channels.ts';
import { createResolveMessage } from './resolve-message.ts';

/** What a client sends to subscribe. */
export interface SubscriptionRequest {
  query: string;
  operationName: string | undefined;
  variables: Record<string, unknown>;
}

export type Opened =
  | { kind: 'refused'; errors: readonly GraphQLError[] }
  | { kind: 'open'; results: AsyncGenerator<unknown> };

/**
 * Compiles, authorises and opens a subscription. Its results, as JSON, go on until they are returned.
 * @throws TributaryError for what this principal, or anybody for the moment, cannot have.
 */
export type OpenSubscription = (request: SubscriptionRequest, context: Context) => Promise<Opened>;

export interface OpenSubscriptionOptions {
  engine: () => Engine;
  channels: MessageChannels;
}

export function createOpenSubscription(options: OpenSubscriptionOptions): OpenSubscription {
  return async ({ query: text, operationName, variables: given }, context) => {
    const engine = options.engine();
    const { supergraph } = engine;
    const compiled = engine.operations.compile({ text, operationName });
    if (compiled.kind === 'invalid') return { kind: 'refused', errors: compiled.errors };
    if (compiled.kind !== 'subscription') {
      return refused(`Only subscriptions run here. Send a ${compiled.kind} over HTTP.`);
    }
    const checked = coerceVariables(supergraph.apiSchema, compiled, given);
    if (checked.errors) return refused(...checked.errors.map(({ message }) => message));
    const requirements = operationRequirements(
      compiled.document,
      supergraph.apiSchema,
      supergraph.accessRequirements,
    );
    authoriseSubscription(context.principal, requirements);
    const planned = await compiled.plan('');
    const field = planned.primary && rootFieldOf(planned.primary);
    if (!field)
      return refused('Select one field of Subscription, without @skip or @include on it.');
    const topic = supergraph.topics.get(field.name.value);
    if (topic === undefined) {
      return refused(`Subscription.${field.name.value} names no @topic: it cannot be served.`);
    }
    const { variables } = checked;
    const args = argumentsOf(supergraph, field, variables.coerced);
    const channel = channelName({ topic, args, principal: context.principal });
    const messages = await options.channels.listen(channel);
    const resolveMessage = createResolveMessage(engine);
    const subscription = { compiled, planned, variables, context };
    const results = mapAsync(
      messages,
      async (message): Promise<unknown> => JSON.parse(await resolveMessage(subscription, message)),
    );
    return { kind: 'open', results };
  };
}

function refused(...messages: string[]): Opened {
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
  { apiSchema }: Supergraph,
  field: FieldNode,
  variables: Readonly<Record<string, unknown>>,
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
