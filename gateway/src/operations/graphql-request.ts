import { TributaryError } from '@tributary/errors';
import { z } from 'zod';

/** https://graphql.github.io/graphql-over-http/draft/#sec-Request-Parameters */
export interface GraphQLRequest {
  query: string | undefined;
  operationName: string | undefined;
  variables: Readonly<Record<string, unknown>>;
  extensions: Readonly<Record<string, unknown>>;
}

const optionalText = z
  .string('expected a string')
  .nullish()
  .transform((text) => text ?? undefined);
const optionalObject = z
  .record(z.string(), z.unknown(), 'expected an object')
  .nullish()
  .transform((object) => object ?? {});

const requestSchema = z.object(
  {
    query: optionalText,
    operationName: optionalText,
    variables: optionalObject,
    extensions: optionalObject,
  },
  'Expected an object with `query`, or one that says which registered operation is meant.',
);

/**
 * Whatever way it came.
 * @throws TributaryError INVALID_INPUT that names the parameter.
 */
export function parseGraphQLRequest(parameters: unknown): GraphQLRequest {
  if (Array.isArray(parameters)) {
    throw new TributaryError(
      'INVALID_INPUT',
      'Batches are not taken: send one operation a request.',
    );
  }
  const parsed = requestSchema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String) ?? [];
  const message = field.length > 0 ? `${field.join('.')}: ${issue?.message}` : issue?.message;
  throw new TributaryError('INVALID_INPUT', message ?? 'Expected a GraphQL request.', field);
}
