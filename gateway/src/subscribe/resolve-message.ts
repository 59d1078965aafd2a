import type { Context } from '../context.ts';
import type { Engine } from '../engine.ts';
import type { Variables } from '../execute/execute-operation.ts';
import type { CompiledOperation, PlannedOperation } from '../operations/compiled-operation.ts';
import { refusalBody, toGraphQLError } from '../plugins/graphql-over-http/answers.ts';
import { createResolvePrimary, type ResolvePrimary } from './message-source.ts';

export interface Subscription {
  compiled: CompiledOperation;
  planned: PlannedOperation;
  variables: Variables;
  context: Context;
}

/** What a subscriber gets for a message, as JSON text. Never throws: what fails is in it. */
export type ResolveMessage = (subscription: Subscription, message: unknown) => Promise<string>;

/** The message answers the plan's first fetch, the other subgraphs the rest. */
export function createResolveMessage(engine: Engine): ResolveMessage {
  const resolvers = createResolvers(engine);
  return async ({ compiled, planned, variables, context }, message) => {
    try {
      const { primary } = planned;
      if (!primary) throw new Error('A subscription was planned without its first fetch.');
      const result = await resolvers(primary.serviceName)({
        primary,
        message,
        variables: variables.given,
        context,
      });
      const execution = { variables, context, primary: result };
      return (await engine.execute(compiled, planned, execution)).body;
    } catch (error) {
      return refusalBody([toGraphQLError(error)], context.requestId);
    }
  };
}

function createResolvers({
  supergraph,
  clients,
  explain,
}: Engine): (owner: string) => ResolvePrimary {
  const resolvers = new Map<string, ResolvePrimary>();
  return (name) => {
    const known = resolvers.get(name);
    if (known) return known;
    const subgraph = supergraph.federated.subgraphs().get(name);
    const owner = clients.get(name);
    if (!subgraph || !owner) throw new Error(`The supergraph has no subgraph ${name}.`);
    const resolver = createResolvePrimary({ subgraph: subgraph.schema, owner, explain });
    resolvers.set(name, resolver);
    return resolver;
  };
}
