import { type UserError, userErrorFrom } from '@tributary/errors';
import { InputError } from '../services/input-error.ts';

/** What a mutation's caller can put right; anything else is thrown on. */
export function userErrorsOf(error: unknown): UserError[] {
  return error instanceof InputError ? [...error.userErrors] : [userErrorFrom(error)];
}
