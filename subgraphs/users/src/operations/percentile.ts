import { durationBounds } from '@tributary/operations';

/**
 * The smallest bound in milliseconds that holds this share of what was counted; undefined when it
 * lies beyond the last bound, or nothing was counted.
 */
export function percentile(share: number, buckets: readonly number[]): number | undefined {
  const total = buckets.reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (const [index, bound] of durationBounds.entries()) {
    below += buckets[index] ?? 0;
    if (below > 0 && below >= share * total) return bound;
  }
  return undefined;
}
