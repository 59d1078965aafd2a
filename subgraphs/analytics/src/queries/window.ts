import { bucketOf, hour, minute } from '../rollups/rollup-deltas.ts';

/** From `from` up to, not including, `to`; milliseconds since 1970. */
export interface Range {
  from: number;
  to: number;
}

/**
 * A range of whole minutes read from the coarsest rollups that give it exactly: whole hours from the
 * hours, and the minutes before and after them. Ranges without extent are empty.
 */
export interface ReadPlan {
  before: Range;
  hours: Range;
  after: Range;
}

/** The last `windowMinutes` minutes of the events' own time: the current minute and those before it. */
export function windowOf(windowMinutes: number, now: number): Range {
  const to = bucketOf(now, minute) + minute;
  return { from: to - windowMinutes * minute, to };
}

/** As `windowOf`, begun earlier where needed so that it consists of whole steps. */
export function stepsOf(windowMinutes: number, step: number, now: number): Range {
  const { from, to } = windowOf(windowMinutes, now);
  return { from: bucketOf(from, step), to };
}

export function planRead({ from, to }: Range): ReadPlan {
  const firstHour = Math.ceil(from / hour) * hour;
  const lastHour = bucketOf(to, hour);
  if (lastHour <= firstHour) {
    return { before: { from, to }, hours: { from, to: from }, after: { from: to, to } };
  }
  return {
    before: { from, to: firstHour },
    hours: { from: firstHour, to: lastHour },
    after: { from: lastHour, to },
  };
}
