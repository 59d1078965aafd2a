/**
 * Minutes of groups are kept for about a week: with many groups nearly every event has a row of its own
 * there, hardly ever read. What is older is counted from the stored events when somebody asks for it
 * (stores/counted-minutes.ts). Minutes of all events together are kept for good.
 */
import { bucketOf, day } from './rollup-deltas.ts';
import type { RollupDelta } from './rollup-sums.ts';

const daysWritten = 8;
/** A day fewer than are written: so no clock of another process has left out what is read. */
const daysRead = 7;

/** Minutes of groups are written from here on; the rest is swept. In milliseconds since 1970. */
export const groupMinutesFrom = (now: number): number => bucketOf(now, day) - daysWritten * day;

/** Minutes of groups are complete from here on. In milliseconds since 1970. */
export const groupMinutesCompleteFrom = (now: number): number =>
  bucketOf(now, day) - daysRead * day;

/** Those of a batch's minutes that are kept. */
export function keptMinutes(minutes: readonly RollupDelta[], now: number): readonly RollupDelta[] {
  const from = groupMinutesFrom(now);
  return minutes.filter(({ breakdown, bucket }) => breakdown === 0 || bucket >= from);
}
