import type { z } from 'zod';
import type { ErrorCode } from './codes.ts';
import { TributaryError } from './tributary-error.ts';

/** The schema's `UserError`: what a mutation's caller can put right. */
export interface UserError {
  code: ErrorCode;
  message: string;
  field: string[] | null;
}

/** Every issue of a failed zod parse as a user error whose field starts with `prefix`. */
export function userErrorsFromZod(error: z.ZodError, prefix: readonly string[]): UserError[] {
  return error.issues.map((issue) => ({
    code: 'INVALID_INPUT',
    message: issue.message,
    field: [...prefix, ...issue.path.map(String)],
  }));
}

/** They are about the principal, not about its input. */
const refusals: ReadonlySet<ErrorCode> = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'MFA_REQUIRED']);

/**
 * A thrown `TributaryError` as the user error of a mutation's payload.
 * Anything else, and refusals of the principal itself, are thrown on.
 */
export function userErrorFrom(error: unknown): UserError {
  if (!(error instanceof TributaryError)) throw error;
  if (refusals.has(error.code)) throw error;
  return { code: error.code, message: error.message, field: error.field ? [...error.field] : null };
}
