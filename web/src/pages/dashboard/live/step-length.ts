import type { Step } from '../../../generated/graphql.ts';

export const stepLength = { MINUTE: 60_000, HOUR: 3_600_000 } satisfies Record<Step, number>;

/** The beginning of the step that holds a time; both in milliseconds. */
export function startOfStep(time: number, step: Step): number {
  return time - (time % stepLength[step]);
}
