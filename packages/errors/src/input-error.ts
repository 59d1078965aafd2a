import type { z } from 'zod';
import { type UserError, userErrorFrom, userErrorsFromZod } from './user-error.ts';

/** Input that its sender can put right: becomes a payload's `userErrors`. */
export class InputError extends Error {
  readonly userErrors: readonly UserError[];

  constructor(userErrors: readonly UserError[]) {
    super(userErrors.map(({ message }) => message).join('; '));
    this.name = 'InputError';
    this.userErrors = userErrors;
  }
}

/** One thing that is wrong with one input. */
export function inputError(message: string, field: readonly string[]): InputError {
  return new InputError([{ code: 'INVALID_INPUT', message, field: [...field] }]);
}

/** @throws InputError with every issue; `path` is where in the arguments the value stands. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  path: readonly string[] = ['input'],
): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InputError(userErrorsFromZod(parsed.error, path));
}

/** What a mutation's caller can put right, of anything a service throws; the rest is thrown on. */
export function userErrorsOf(error: unknown): UserError[] {
  return error instanceof InputError ? [...error.userErrors] : [userErrorFrom(error)];
}
