import { TributaryError } from '@tributary/errors';
import { z } from 'zod';
import type { OperationParameters } from './persisted/requested-operation.ts';

/** https://graphql.github.io/graphql-over-http/draft/#sec-Request-Parameters */
export interface GraphQLRequest {
  /** What says which operation is meant: its text, an id, or both. */
  parameters: OperationParameters;
  operationName: string | undefined;
  variables: Readonly<Record<string, unknown>>;
  extensions: Readonly<Record<string, unknown>>;
}

const optionalObject = z
  .record(z.string(), z.unknown(), 'expected an object')
  .nullish()
  .transform((object) => object ?? {});

const requestSchema = z.looseObject(
  {
    operationName: z
      .string('expected a string')
      .nullish()
      .transform((name) => name || undefined),
    variables: optionalObject,
    extensions: optionalObject,
  },
  'Expected an object with the text of an operation as query, or its id as documentId.',
);

/**
 * Whatever way it came; `query` and ids are read when the operation is looked up.
 * @throws TributaryError INVALID_INPUT that names the parameter.
 */
export function parseGraphQLRequest(given: unknown, pathId?: string): GraphQLRequest {
  if (Array.isArray(given)) {
    throw new TributaryError(
      'INVALID_INPUT',
      'Batches are not taken: send one operation a request.',
    );
  }
  const parsed = requestSchema.safeParse(given);
  if (parsed.success) {
    const { operationName, variables, extensions, ...parameters } = parsed.data;
    return {
      parameters: { ...parameters, extensions, pathId },
      operationName,
      variables,
      extensions,
    };
  }
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String) ?? [];
  const message = field.length > 0 ? `${field.join('.')}: ${issue?.message}` : issue?.message;
  throw new TributaryError('INVALID_INPUT', message ?? 'Expected a GraphQL request.', field);
}
