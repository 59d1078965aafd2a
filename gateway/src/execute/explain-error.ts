import { type ErrorCode, isErrorCode, originalError } from '@tributary/errors';
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { ResultError } from './result-error.ts';

export interface ExplainOptions {
  /** Whether clients may read which subgraph an error comes from. */
  discreet: boolean;
}

const answerErrorSchema = z.object({
  message: z.string(),
  extensions: z.looseObject({ code: z.unknown(), field: z.unknown() }).partial().optional(),
});
const fieldSchema = z.array(z.string()).optional().catch(undefined);

/**
 * A subgraph's failure as one for clients: message, code and field of the closed list pass as they
 * are, everything else is masked and logged once.
 */
export function explainError(
  { discreet }: ExplainOptions,
  { logger }: Context,
  subgraph: string,
  error: unknown,
): ResultError {
  const service = discreet ? {} : { service: subgraph };
  const known = knownError(error);
  if (known) return { message: known.message, extensions: { ...known.extensions, ...service } };
  logger.error(
    { subgraph, ...(error instanceof Error ? { err: error } : { error }) },
    'a subgraph failed unexpectedly',
  );
  return {
    message: 'Something went wrong here. Quote the request id.',
    extensions: { code: 'INTERNAL', ...service },
  };
}

function knownError(error: unknown): Pick<ResultError, 'message' | 'extensions'> | undefined {
  const own = originalError(error);
  if (own) return { message: own.message, extensions: codeAndField(own.code, own.field) };
  const answered = answerErrorSchema.safeParse(error);
  if (error instanceof Error || !answered.success) return undefined;
  const { message, extensions = {} } = answered.data;
  // A variable that the subgraph's own scalars refuse, e.g. a malformed DateTime.
  if (extensions.code === 'BAD_USER_INPUT')
    return { message, extensions: { code: 'INVALID_INPUT' } };
  if (!isErrorCode(extensions.code)) return undefined;
  return {
    message,
    extensions: codeAndField(extensions.code, fieldSchema.parse(extensions.field)),
  };
}

function codeAndField(
  code: ErrorCode,
  field: readonly string[] | undefined,
): ResultError['extensions'] {
  return field ? { code, field } : { code };
}
