import { joinGroup, membersOf } from './breakdown.ts';
import { bucketOf, day, regrouped } from './rollup-deltas.ts';
import type { RollupDelta } from './rollup-sums.ts';

/** Of events whose groups are beyond what a day has room for. */
export const otherGroup = '(other)';

/** Deltas of any step, with these days' groups among the others. */
export function withoutGroups(
  deltas: readonly RollupDelta[],
  beyond: readonly RollupDelta[],
): readonly RollupDelta[] {
  if (beyond.length === 0) return deltas;
  const keys = new Set(beyond.map(keyOf));
  return regrouped(deltas, (delta) => ({
    bucket: delta.bucket,
    group: keys.has(keyOf(delta)) ? otherOf(delta) : delta.group,
  }));
}

const keyOf = ({ metricId, breakdown, bucket, group }: RollupDelta): string =>
  `${metricId} ${breakdown} ${bucketOf(bucket, day)} ${group}`;

function otherOf({ group, breakdown }: RollupDelta): string {
  const told = membersOf(group, breakdown).filter((_, place) => breakdown & (1 << place));
  return joinGroup(told.map(() => otherGroup));
}
