import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { TributaryError } from './tributary-error.ts';

/** The `TributaryError` inside what a resolver threw, if there is one. */
export function originalError(error: unknown): TributaryError | undefined {
  if (error instanceof TributaryError) return error;
  if (error instanceof GraphQLError) return originalError(error.originalError);
  return undefined;
}

/**
 * What a GraphQL client sees of an error: known failures with code and field,
 * GraphQL's own syntax and validation errors as they are, everything else masked.
 */
export function formatGraphQLError(
  formatted: GraphQLFormattedError,
  error: unknown,
): GraphQLFormattedError {
  const known = originalError(error);
  if (known) {
    const extensions = { code: known.code, ...(known.field && { field: known.field }) };
    return { ...formatted, message: known.message, extensions };
  }
  const code = formatted.extensions?.code;
  if (code !== undefined && code !== 'INTERNAL_SERVER_ERROR') {
    return { ...formatted, extensions: { code } };
  }
  return {
    ...formatted,
    message: 'Something went wrong here. Quote the request id.',
    extensions: { code: 'INTERNAL' },
  };
}
