import { bucketOf, day, hour, minute } from '../rollups/rollup-deltas.ts';

/** From `from` up to, not including, `to`; milliseconds since 1970. */
export interface Range {
  from: number;
  to: number;
}

/**
 * A range of whole minutes read from the coarsest rollups that give it exactly: whole days from the days,
 * whole hours before and after them from the hours, and the minutes that are left from the minutes, or
 * from the stored events where rollups no longer have them.
 */
export interface ReadPlan {
  days: Range[];
  hours: Range[];
  minutes: Range[];
  counted: Range[];
}

/** The last minutes up to now, or a range of the past. */
export type Stretch = { windowMinutes: number } | Range;

/** In milliseconds since 1970; `now` is where windows end. */
export function rangeOf(stretch: Stretch, now: number): Range {
  return 'windowMinutes' in stretch ? windowOf(stretch.windowMinutes, now) : stretch;
}

/** The last `windowMinutes` minutes of the events' own time: the current minute and those before it. */
export function windowOf(windowMinutes: number, now: number): Range {
  const to = bucketOf(now, minute) + minute;
  return { from: to - windowMinutes * minute, to };
}

/** As `rangeOf`, begun earlier where needed so that it consists of whole steps. */
export function stepsOf(stretch: Stretch, step: number, now: number): Range {
  const { from, to } = rangeOf(stretch, now);
  return { from: bucketOf(from, step), to };
}

/** Rollups have minutes from `minutesFrom` on. */
export function planRead(range: Range, minutesFrom: number): ReadPlan {
  const byHour = split(range, hour);
  const byDay = split(byHour.whole, day);
  return {
    days: extended(byDay.whole),
    hours: extended(byDay.before, byDay.after),
    ...planMinutes([byHour.before, byHour.after], minutesFrom),
  };
}

/** The same for steps that are read one by one. */
export function planSteps(range: Range, step: number, minutesFrom: number): ReadPlan {
  return {
    days: step === day ? extended(range) : [],
    hours: step === hour ? extended(range) : [],
    ...planMinutes(step === minute ? [range] : [], minutesFrom),
  };
}

/** Nothing happens before 1970, and the database has no years before the first to count. */
function planMinutes(ranges: Range[], from: number): Pick<ReadPlan, 'minutes' | 'counted'> {
  return {
    minutes: extended(...ranges.map((range) => ({ ...range, from: Math.max(range.from, from) }))),
    counted: extended(
      ...ranges.map((range) => ({ from: Math.max(range.from, 0), to: Math.min(range.to, from) })),
    ),
  };
}

const extended = (...ranges: Range[]): Range[] => ranges.filter(({ from, to }) => from < to);

/** The whole steps of a range, and what is before and after them. */
function split({ from, to }: Range, step: number): Record<'before' | 'whole' | 'after', Range> {
  const first = Math.ceil(from / step) * step;
  const last = bucketOf(to, step);
  if (last <= first) {
    return { before: { from, to }, whole: { from: to, to }, after: { from: to, to } };
  }
  return {
    before: { from, to: first },
    whole: { from: first, to: last },
    after: { from: last, to },
  };
}
