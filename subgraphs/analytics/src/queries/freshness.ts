import type { SourceActivityRow } from '../stores/source-activity-store.ts';

const stalledAfter = 60_000;

export interface Freshness {
  acceptedAt: Date | null;
  computedAt: Date;
  lagMilliseconds: number | null;
  state: 'EMPTY' | 'LIVE' | 'STALLED';
}

/** How current a figure computed at `now` is, by the newest event of its source. */
export function freshnessOf(activity: SourceActivityRow | null, now: number): Freshness {
  const computedAt = new Date(now);
  if (!activity) return { acceptedAt: null, computedAt, lagMilliseconds: null, state: 'EMPTY' };
  const { lastAcceptedAt, lastStoredAt } = activity;
  const age = now - lastAcceptedAt.getTime();
  return {
    acceptedAt: lastAcceptedAt,
    computedAt,
    lagMilliseconds: Math.max(0, lastStoredAt.getTime() - lastAcceptedAt.getTime()),
    state: age > stalledAfter ? 'STALLED' : 'LIVE',
  };
}
