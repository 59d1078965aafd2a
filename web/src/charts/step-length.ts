import type { RangeStep } from '../generated/graphql.ts';

export const stepLength = {
  MINUTE: 60_000,
  HOUR: 3_600_000,
  DAY: 86_400_000,
} satisfies Record<RangeStep, number>;

/** The beginning of the step, in UTC, that holds a time; both in milliseconds. */
export function startOfStep(time: number, step: RangeStep): number {
  return time - (time % stepLength[step]);
}
