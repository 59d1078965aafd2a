import type { Step } from '../../../generated/graphql.ts';
import { startOfStep, stepLength } from '../live/step-length.ts';

/** A step's beginning in milliseconds and its value; null where there is none. */
export type StepValue = [time: number, value: number | null];

export interface StepsOptions {
  now: number;
  windowMinutes: number;
  step: Step;
  /** What a step without events is: 0 for counts and sums, nothing for averages and the like. */
  empty: 0 | null;
}

/** One entry per step of the window, oldest first; the last one is the step that is still running. */
export function fillSteps(
  points: readonly { at: string; value: number }[],
  { now, windowMinutes, step, empty }: StepsOptions,
): StepValue[] {
  const length = stepLength[step];
  const count = Math.max(2, Math.ceil((windowMinutes * 60_000) / length));
  const first = startOfStep(now, step) - (count - 1) * length;
  const values = new Map(points.map(({ at, value }) => [Date.parse(at), value]));
  return Array.from({ length: count }, (_, index) => {
    const time = first + index * length;
    return [time, values.get(time) ?? empty];
  });
}
