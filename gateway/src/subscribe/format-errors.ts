import { originalError } from '@tributary/errors';
import type { GraphQLFormattedError } from 'graphql';
import type { Context } from '../context.ts';
import { refusalBody, toGraphQLError } from '../plugins/graphql-over-http/answers.ts';

/** Errors as a subscriber may see them, the unexpected masked and logged, each with the request id. */
export function formatErrors(
  errors: readonly unknown[],
  { requestId, logger }: Pick<Context, 'requestId' | 'logger'>,
): GraphQLFormattedError[] {
  const known = errors.map(toGraphQLError);
  for (const error of known) {
    if (originalError(error) || error.extensions.code !== undefined) continue;
    logger.error({ err: error.originalError ?? error }, 'unexpected error');
  }
  return JSON.parse(refusalBody(known, requestId)).errors;
}
