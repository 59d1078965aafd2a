import { formatGraphQLError, originalError } from '@tributary/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Context } from '../context.ts';

/** Errors as a subscriber may see them, the unexpected masked and logged, each with the request id. */
export function formatErrors(
  errors: readonly unknown[],
  { requestId, logger }: Pick<Context, 'requestId' | 'logger'>,
): GraphQLFormattedError[] {
  return errors.map((error) => {
    const known = toGraphQLError(error);
    if (!originalError(known) && known.extensions.code === undefined) {
      logger.error({ err: known.originalError ?? known }, 'unexpected error');
    }
    const formatted = formatGraphQLError(known.toJSON(), known);
    return { ...formatted, extensions: { ...formatted.extensions, requestId } };
  });
}

/** Whatever was thrown, as GraphQL has it. */
export function toGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const original = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(original.message, { originalError: original });
}
