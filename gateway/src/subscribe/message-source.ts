import type { Schema } from '@apollo/federation-internals';
import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { originalError } from '@tributary/errors';
import {
  execute,
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  parse,
} from 'graphql';
import type { Context } from '../context.ts';
import { toClientError } from '../execute/subgraph-errors.ts';
import { createToRepresentation, type ToRepresentation } from './entity-keys.ts';
import { createMissingFields, type MissingFields } from './missing-fields.ts';

/** Answers the first fetch of a subscription's plan from a message. */
export type CreateMessageSource = (field: string, message: unknown) => GraphQLDataSource<Context>;

export interface MessageSourceOptions {
  /** Schema of the subgraph that owns the field. */
  subgraph: Schema;
  /** The owner itself, for what messages do not hold. */
  owner: GraphQLDataSource<Context>;
}

export function createMessageSourceFactory({
  subgraph,
  owner,
}: MessageSourceOptions): CreateMessageSource {
  const schema = subgraph.toGraphQLJSSchema();
  const toRepresentation = createToRepresentation(subgraph);
  return (field, message) => ({
    process: (given) => project({ [field]: message }, { given, schema, toRepresentation, owner }),
  });
}

interface Projection {
  given: GraphQLDataSourceProcessOptions<Context>;
  schema: GraphQLSchema;
  toRepresentation: ToRepresentation;
  owner: GraphQLDataSource<Context>;
}

/** Executes the fetch's operation over the message, as the subgraph would over its own data. */
async function project(
  rootValue: object,
  { given, schema, toRepresentation, owner }: Projection,
): ReturnType<GraphQLDataSource['process']> {
  const planned = 'document' in given ? given.document : undefined;
  const document = planned ?? parse(given.request.query ?? '');
  const operation = getOperationAST(document);
  if (!operation) throw new Error('A plan’s fetch holds no operation.');
  const variables = given.request.variables ?? {};
  const missing = createMissingFields({
    operation,
    variables,
    fetch: ({ query, variables: used = {} }) =>
      owner.process({ ...given, request: { query, variables: used } }),
  });
  const { data, errors = [] } = await execute({
    schema,
    document,
    rootValue,
    variableValues: variables,
    fieldResolver: createFieldResolver(missing, toRepresentation),
  });
  const all = [...errors, ...missing.nestedErrors];
  return {
    ...(data !== undefined && { data }),
    ...(all.length > 0 && { errors: all.map((error) => expected(error, given.context)) }),
  };
}

function createFieldResolver(
  missing: MissingFields,
  toRepresentation: ToRepresentation,
): GraphQLFieldResolver<object, unknown> {
  // Objects that the subgraph shaped: their keys are response names, not field names.
  const shaped = new WeakSet<object>();
  const remember = <Value>(value: Value): Value => {
    if (Array.isArray(value)) value.forEach(remember);
    else if (typeof value === 'object' && value !== null) shaped.add(value);
    return value;
  };

  return (source, args, _context, info) => {
    if (shaped.has(source)) return remember(Reflect.get(source, info.path.key));
    const held: unknown = Reflect.get(source, info.fieldName);
    const isRoot = info.path.prev === undefined;
    // A message knows nothing of arguments, but for the root field's, which chose it.
    if (isRoot || (held !== undefined && Object.keys(args).length === 0)) return held;
    const representation = toRepresentation(info.parentType.name, source);
    return representation ? missing.load(representation, info).then(remember) : held;
  };
}

/** graphql-js says of a message what is wrong with it; that is for the log, not for clients. */
function expected(
  error: GraphQLError,
  context: Context | Record<string, unknown>,
): GraphQLFormattedError {
  if (originalError(error)) return error as GraphQLFormattedError;
  return toClientError(error, (cause) =>
    (context as Context).logger.error({ err: cause }, 'a message is not what the schema says'),
  );
}
