import { TributaryError } from '@tributary/errors';
import type { z } from 'zod';

/** @throws INVALID_INPUT naming the first argument that is not what was expected. */
export function parseArguments<Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
): z.infer<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String) ?? [];
  throw new TributaryError(
    'INVALID_INPUT',
    `${field.join('.')}: ${issue?.message ?? 'not expected'}`,
    field,
  );
}
