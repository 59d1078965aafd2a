import { type ErrorCode, errorCodes, TributaryError } from '@tributary/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { z } from 'zod';

/** An error of a subgraph's answer, or of graphql-js. */
export interface AnswerError {
  message: string;
  path?: readonly (string | number)[] | undefined;
  extensions?: Record<string, unknown> | undefined;
}

const fieldSchema = z.array(z.string()).optional().catch(undefined);

/**
 * An error of a subgraph's answer as one for clients: message, code and field of the closed list
 * pass as they are, everything else is masked. `report` gets what was masked, once.
 * It is an Error too, with the `TributaryError` inside, so that the edges know it again.
 */
export function toClientError(
  error: AnswerError,
  report: (error: AnswerError) => void,
): GraphQLFormattedError {
  const original = knownError(error) ?? masked(error, report);
  return new GraphQLError(original.message, {
    originalError: original,
    ...(error.path && { path: error.path }),
  }) as GraphQLFormattedError;
}

function knownError({ message, extensions }: AnswerError): TributaryError | undefined {
  const code = extensions?.code;
  // A variable that the subgraph's own scalars refuse, e.g. a malformed DateTime.
  if (code === 'BAD_USER_INPUT') return new TributaryError('INVALID_INPUT', message);
  if (!isErrorCode(code)) return undefined;
  return new TributaryError(code, message, fieldSchema.parse(extensions?.field));
}

function masked(error: AnswerError, report: (error: AnswerError) => void): TributaryError {
  report(error);
  return new TributaryError('INTERNAL', 'Something went wrong here. Quote the request id.');
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCodes, code);
}
