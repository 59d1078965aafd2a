import { TributaryError } from '@tributary/errors';
import { z } from 'zod';
import type { Range } from '../queries/window.ts';
import { day, hour, minute } from '../rollups/rollup-deltas.ts';
import { where } from './dimension-schemas.ts';

const longestRange = 3_660 * day;
const mostPoints = 5_000;

export const rangeStep = z.enum(['MINUTE', 'HOUR', 'DAY']);

const wholeMinute = z
  .date()
  .transform((date) => date.getTime())
  .refine((time) => time % minute === 0, 'must be a whole minute');

/** As milliseconds since 1970, `to` not included. */
export const rangeSchema = z
  .object({ from: wholeMinute, to: wholeMinute, where })
  .refine(({ from, to }) => to > from, { path: ['to'], message: 'must be after `from`' })
  .refine(({ from, to }) => to - from <= longestRange, {
    path: ['from'],
    message: 'must be at most ten years before `to`',
  });

export const previousSchema = z.object({
  daysBefore: z
    .int()
    .min(1, 'must be at least 1 day')
    .max(3_660, 'must be at most 3660 days')
    .nullish()
    .transform((days) => days ?? null),
});

/** @throws INVALID_INPUT when a range has more steps than anybody can look at. */
export function assertFewPoints({ from, to }: Range, step: z.infer<typeof rangeStep>): void {
  const length = { MINUTE: minute, HOUR: hour, DAY: day }[step];
  const points = Math.ceil((to - from) / length);
  if (points <= mostPoints) return;
  throw new TributaryError(
    'INVALID_INPUT',
    `step: expected at most ${mostPoints} points, got ${points}. Take a longer step.`,
    ['step'],
  );
}
