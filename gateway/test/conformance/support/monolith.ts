import { printSchema, Supergraph } from '@apollo/federation-internals';
import {
  buildSchema,
  type ExecutionResult,
  execute,
  type GraphQLFieldResolver,
  isObjectType,
  parse,
} from 'graphql';
import { mergeEntities, type Row } from './entity.ts';
import type { ExecuteOperation } from './subgraph.ts';
import type { SupergraphDefinition } from './supergraph.ts';

export interface MonolithOptions {
  definition: SupergraphDefinition;
  supergraphSdl: string;
  fieldResolver: GraphQLFieldResolver<unknown, unknown>;
}

/**
 * The same API and the same records in one schema, executed by graphql-js: what the GraphQL
 * specification says the answer is, with no federation that could get it wrong.
 */
export function createMonolith(options: MonolithOptions) {
  const { definition, supergraphSdl, fieldResolver } = options;
  const schema = buildSchema(printSchema(Supergraph.build(supergraphSdl).apiSchema()));
  const subgraphs = Object.values(definition.subgraphs);
  const link = mergeEntities(
    subgraphs.flatMap(({ entities = [] }) => entities),
    (typename) => isObjectType(schema.getType(typename)),
  );
  const root = link(mergeRoots(subgraphs.map(({ root = {} }) => root)));
  const ask: ExecuteOperation = async ({ query, variables }): Promise<ExecutionResult> =>
    execute({
      schema,
      document: parse(query),
      rootValue: root,
      variableValues: variables,
      fieldResolver,
    });
  return { schema, ask };
}

function mergeRoots(roots: readonly object[]): Row {
  return Object.defineProperties(
    {},
    Object.assign({}, ...roots.map((root) => Object.getOwnPropertyDescriptors(root))),
  );
}
