import { type UserError, userErrorsFromZod } from '@tributary/errors';
import type { z } from 'zod';

/** Input that its sender can put right: becomes a payload's `userErrors`. */
export class InputError extends Error {
  readonly userErrors: readonly UserError[];

  constructor(userErrors: readonly UserError[]) {
    super(userErrors.map(({ message }) => message).join('; '));
    this.name = 'InputError';
    this.userErrors = userErrors;
  }
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
