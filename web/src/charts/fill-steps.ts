import type { RangeStep, Step } from '../generated/graphql.ts';
import { startOfStep, stepLength } from './step-length.ts';

/** A step's beginning in milliseconds and its value; null where there is none. */
export type StepValue = [time: number, value: number | null];

interface GivenPoint {
  at: string;
  value: number;
}

/** What a step without events is: 0 for counts and sums, nothing for averages and the like. */
type Empty = 0 | null;

export interface WindowSteps {
  now: number;
  windowMinutes: number;
  step: Step;
  empty: Empty;
}

/** One entry per step of the window, oldest first; the last one is the step that is still running. */
export function fillSteps(
  points: readonly GivenPoint[],
  { now, windowMinutes, step, empty }: WindowSteps,
): StepValue[] {
  const length = stepLength[step];
  const count = Math.max(2, Math.ceil((windowMinutes * 60_000) / length));
  const first = startOfStep(now, step) - (count - 1) * length;
  return stepsFrom(points, { first, count, length, empty });
}

export interface RangeSteps {
  /** Milliseconds; `to` is not included. */
  from: number;
  to: number;
  step: RangeStep;
  empty: Empty;
}

/** One entry per step of a range, oldest first; the first one is the step that holds its beginning. */
export function fillRange(
  points: readonly GivenPoint[],
  { from, to, step, empty }: RangeSteps,
): StepValue[] {
  const length = stepLength[step];
  const first = startOfStep(from, step);
  return stepsFrom(points, { first, count: Math.ceil((to - first) / length), length, empty });
}

interface Steps {
  first: number;
  count: number;
  length: number;
  empty: Empty;
}

function stepsFrom(
  points: readonly GivenPoint[],
  { first, count, length, empty }: Steps,
): StepValue[] {
  const values = new Map(points.map(({ at, value }) => [Date.parse(at), value]));
  return Array.from({ length: count }, (_, index) => {
    const time = first + index * length;
    return [time, values.get(time) ?? empty];
  });
}
