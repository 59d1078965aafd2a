import type { FetchNode } from '@apollo/query-planner';
import { type DocumentNode, parse } from 'graphql';
import type { Context } from '../context.ts';
import type { Engine } from '../engine.ts';
import type { Variables } from '../execute/execute-operation.ts';
import type { CompiledOperation, PlannedOperation } from '../operations/compiled-operation.ts';
import { readEntityKeys } from './entity-keys.ts';
import { formatErrors } from './format-errors.ts';
import { mayLackFields } from './may-lack-fields.ts';
import { createResolvePrimary, type ResolvePrimary } from './message-source.ts';

/** What the subscribers of one group have in common. */
export interface Subscription {
  compiled: CompiledOperation;
  planned: PlannedOperation;
  primary: FetchNode;
  variables: Variables;
  context: Context;
}

export interface MessageResolver {
  /** The result's JSON. Never rejects: what fails is in the result. */
  resolve(subscription: Subscription, message: unknown): Promise<string>;
  /** Whether subgraphs may be asked for a message's result, on behalf of the context's principal. */
  mayFetch(subscription: Pick<Subscription, 'planned' | 'primary'>): boolean;
}

/** What is known of the subgraph that messages come from. */
interface Owner {
  resolvePrimary: ResolvePrimary;
  mayLack: (operation: DocumentNode) => boolean;
}

/** The message answers the plan's first fetch, the other subgraphs the rest. */
export function createMessageResolver(engine: Engine): MessageResolver {
  const ownerOf = createOwners(engine);
  return {
    async resolve({ compiled, planned, primary, variables, context }, message) {
      try {
        const { resolvePrimary } = ownerOf(primary.serviceName);
        const given = { primary, message, variables: variables.given, context };
        const execution = { variables, context, primary: await resolvePrimary(given) };
        return (await engine.execute(compiled, planned, execution)).body;
      } catch (error) {
        return JSON.stringify({ errors: formatErrors([error], context), data: null });
      }
    },
    mayFetch: ({ planned, primary }) =>
      planned.program !== undefined ||
      ownerOf(primary.serviceName).mayLack(parse(primary.operation, { noLocation: true })),
  };
}

function createOwners({ supergraph, clients, explain }: Engine): (name: string) => Owner {
  const owners = new Map<string, Owner>();
  return (name) => {
    const known = owners.get(name);
    if (known) return known;
    const subgraph = supergraph.federated.subgraphs().get(name);
    const owner = clients.get(name);
    if (!subgraph || !owner) throw new Error(`The supergraph has no subgraph ${name}.`);
    const schema = subgraph.schema.toGraphQLJSSchema();
    const keys = readEntityKeys(subgraph.schema);
    const fresh: Owner = {
      resolvePrimary: createResolvePrimary({ schema, keys, owner, explain }),
      mayLack: (operation) => mayLackFields(operation, schema, keys),
    };
    owners.set(name, fresh);
    return fresh;
  };
}
