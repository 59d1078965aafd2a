import type { StoredSpan } from '../stores/stored-span-store.ts';

/**
 * Of the time that a source's stored events span, the share that a metric has counted, from 0 to 1.
 * Counting goes from the newest hour back, to `before`.
 */
export function countedShare(before: Date, { from, to }: Pick<StoredSpan, 'from' | 'to'>): number {
  if (!from || !to) return 0;
  const share = (to.getTime() - before.getTime()) / (to.getTime() - from.getTime());
  return Math.min(1, Math.max(0, share));
}
