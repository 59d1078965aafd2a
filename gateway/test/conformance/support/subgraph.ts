import { json } from 'node:stream/consumers';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { serveHttp } from '@tributary/testkit';
import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  Kind,
  parse,
  visit,
} from 'graphql';
// The instance that Apollo's library built the schema with; Vite takes the other one by default.
import { execute } from 'graphql/index.js';
import { type Entity, mergeEntities, type Row, withRepresentation } from './entity.ts';
import { type FieldSet, type Keys, keysOf } from './field-sets.ts';
import type { Operation, SubgraphDefinition } from './supergraph.ts';

export interface SubgraphOptions {
  definition: SubgraphDefinition;
  fieldResolver: GraphQLFieldResolver<unknown, unknown>;
  /** Whether nulls pass where the schema has none. */
  lenient: () => boolean;
}

export type ExecuteOperation = (operation: Operation) => Promise<ExecutionResult>;

/** A subgraph as Apollo's library has it, without a server. */
export function createSubgraph(options: SubgraphOptions): ExecuteOperation {
  const { definition, fieldResolver, lenient } = options;
  const document = parse(definition.sdl);
  const strict = toSchema(document, definition);
  const permissive = toSchema(withNullableFields(document), definition);
  const rootValue = mergeEntities(definition.entities ?? [])(definition.root);
  const parsed = new Map<string, DocumentNode>();
  return async ({ query, variables }) => {
    const known = parsed.get(query) ?? parse(query, { noLocation: true });
    parsed.set(query, known);
    return await execute({
      schema: lenient() ? permissive : strict,
      document: known,
      rootValue,
      variableValues: variables,
      fieldResolver,
    });
  };
}

/** Serves it at a port of its own until it is disposed of. */
export function serveSubgraph(ask: ExecuteOperation) {
  return serveHttp(async (request, response) => {
    const result = await ask((await json(request)) as Operation);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(result));
  });
}

function toSchema(typeDefs: DocumentNode, { entities = [] }: SubgraphDefinition): GraphQLSchema {
  const link = mergeEntities(entities);
  const resolvers = [...keysOf(typeDefs)].map(([typename, keys]) => [
    typename,
    { __resolveReference: (sent: Row) => find(entities.map(link) as Entity[], keys, sent) },
  ]);
  return buildSubgraphSchema([{ typeDefs, resolvers: Object.fromEntries(resolvers) }]);
}

function find(entities: readonly Entity[], keys: Keys, sent: Row): Entity | null {
  const found = entities.find((record) => keys.some((key) => agree(key, record, sent)));
  return found ? withRepresentation(found, sent) : null;
}

/** Whether both have all the fields of the key, with the same values. */
function agree(key: FieldSet, record: Row, sent: Row): boolean {
  return [...key].every(([field, nested]) => {
    const [here, there] = [record?.[field], sent?.[field]];
    if (there === undefined || there === null) return false;
    return nested.size > 0 ? agree(nested, here as Row, there as Row) : here === there;
  });
}

function withNullableFields(document: DocumentNode): DocumentNode {
  return visit(document, {
    FieldDefinition: ({ type, ...field }) => ({
      ...field,
      type: visit(type, { [Kind.NON_NULL_TYPE]: { leave: (node) => node.type } }),
    }),
  });
}
