import type { UserError } from '@tributary/errors';
import { z } from 'zod';
import type { DimensionFilter } from '../queries/selection.ts';
import { mostDimensions } from '../rollups/breakdown.ts';
import { longestGroup } from '../rollups/metric-definition.ts';

/** A name of a field. It is compared with those that a metric has, so it may be any text. */
const dimension = z.string();

/** A group's value: what PostgreSQL holds as text, which is all but NUL and halves of a character. */
const member = z
  .string()
  .max(2 * longestGroup, `must be at most ${2 * longestGroup} characters`)
  .regex(/^[^\0\p{Cs}]*$/u, 'must be text without NUL');

/** Which dimensions to break down by; null for the metric's first. */
export const by = z
  .array(dimension)
  .min(1, 'must name at least one dimension')
  .max(mostDimensions, `must name at most ${mostDimensions} dimensions`)
  .refine((names) => new Set(names).size === names.length, 'must name each dimension once')
  .nullish()
  .transform((names) => names ?? null);

export const where = z
  .array(
    z.object({
      dimension,
      in: z.array(member).min(1, 'must name at least one').max(100, 'must be at most 100'),
    }),
  )
  .max(10, 'must be at most 10 filters')
  .nullish()
  .transform((filters): DimensionFilter[] => filters ?? []);

interface Asked {
  by: readonly string[];
  where: readonly DimensionFilter[];
}

/** What is asked of dimensions that the metric does not have, by the path within the arguments. */
export function unknownDimensions(
  { dimensions }: { dimensions: readonly string[] },
  { by, where }: Asked,
): UserError[] {
  const known =
    dimensions.length > 0 ? `one of ${dimensions.join(', ')}` : 'none: it has no dimension';
  const message = `is not a dimension of the metric; expected ${known}`;
  const asked = [
    ...by.map((name, place) => ({ name, field: ['by', `${place}`] })),
    ...where.map(({ dimension: name }, place) => ({
      name,
      field: ['where', `${place}`, 'dimension'],
    })),
  ];
  return asked
    .filter(({ name }) => !dimensions.includes(name))
    .map(({ name, field }) => ({ code: 'INVALID_INPUT', message: `“${name}” ${message}`, field }));
}
