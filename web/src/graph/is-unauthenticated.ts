import { CombinedGraphQLErrors, ServerError } from '@apollo/client';

/** Whether the gateway refused the token: HTTP 401, or the code UNAUTHENTICATED. */
export function isUnauthenticated(error: unknown): boolean {
  if (ServerError.is(error)) return error.statusCode === 401;
  if (!CombinedGraphQLErrors.is(error)) return false;
  return error.errors.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED');
}
