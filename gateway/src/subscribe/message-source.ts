import type { FetchNode } from '@apollo/query-planner';
import { TributaryError } from '@tributary/errors';
import {
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  parse,
} from 'graphql';
import type { Context } from '../context.ts';
import type { PrimaryResult } from '../execute/execute-operation.ts';
import type { ExplainError } from '../execute/run/plan-run.ts';
import type { SubgraphClient } from '../execute/subgraph-client/subgraph-client.ts';
import { createToRepresentation, type EntityKeys, type ToRepresentation } from './entity-keys.ts';
import { createMissingFields, type MissingFields } from './missing-fields.ts';

/** A message as the answer to the first fetch of its subscription's plan. */
export type ResolvePrimary = (given: {
  primary: FetchNode;
  /** The field's value. */
  message: unknown;
  variables: Readonly<Record<string, unknown>>;
  context: Context;
}) => Promise<PrimaryResult>;

export interface MessageSourceOptions {
  /** Schema of the subgraph that owns the field. */
  schema: GraphQLSchema;
  /** And its entities' keys. */
  keys: EntityKeys;
  /** The owner itself, for what messages do not hold. */
  owner: SubgraphClient;
  explain: (context: Context) => ExplainError;
}

/** Executes the fetch's operation over the message, as the subgraph would over its own data. */
export function createResolvePrimary(options: MessageSourceOptions): ResolvePrimary {
  const { schema, keys, owner } = options;
  const toRepresentation = createToRepresentation(keys);
  const documents = new WeakMap<FetchNode, DocumentNode>();

  function documentOf(primary: FetchNode): DocumentNode {
    const document = documents.get(primary) ?? parse(primary.operation, { noLocation: true });
    documents.set(primary, document);
    return document;
  }

  return async ({ primary, message, variables, context }) => {
    const document = documentOf(primary);
    const operation = getOperationAST(document);
    const [field] = operation?.selectionSet.selections ?? [];
    if (field?.kind !== Kind.FIELD || !operation) {
      throw new Error('The plan of a subscription begins without a root field.');
    }
    const explain = (error: unknown) => options.explain(context)(primary.serviceName, error);
    const missing = createMissingFields({
      operation,
      variables,
      fetch: async (request) => {
        const body = JSON.stringify(request);
        const answer = await owner({ body, kind: 'query', operationName: undefined }, context);
        return { ...answer, errors: answer.errors?.map((error) => asKnown(explain(error), error)) };
      },
    });
    const { data, errors = [] } = await execute({
      schema,
      document,
      rootValue: { [field.name.value]: message },
      variableValues: variables,
      fieldResolver: createFieldResolver(missing, toRepresentation),
    });
    return {
      data: data ?? {},
      errors: [...errors, ...missing.nestedErrors].map((error) => ({
        ...explain(error),
        ...(error.path && { path: error.path }),
      })),
    };
  };
}

/** A subgraph's error that graphql-js can throw and that is known again afterwards. */
function asKnown(
  { message, extensions: { code, field } }: ReturnType<ExplainError>,
  { path }: { path?: readonly (string | number)[] | undefined },
): GraphQLFormattedError {
  const originalError = new TributaryError(code, message, field);
  return new GraphQLError(message, { originalError, ...(path && { path }) }) as never;
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
