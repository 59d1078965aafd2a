/**
 * A day of a breakdown has about `mostGroupsOfADay` groups at most, so that a field that is different in every
 * event cannot fill the database. Events of groups that come later that day count in the group "(other)",
 * by minute and hour as well: what is told apart is exact where nothing is in "(other)", totals always are.
 */
import type { PoolClient } from 'pg';
import { countGroups, findGroups } from '../stores/group-store.ts';
import type { RollupDelta } from './rollup-sums.ts';

/** The routes of all airlines fit; people, or whatever else has no end, do not. */
export const mostGroupsOfADay = 10_000;

/** Days of breakdowns whose bounds are kept, some hundred bytes each. */
const mostBounds = 10_000;

/** Answers those of a batch's deltas by day whose groups are beyond the limit. */
export type FindBeyond = (
  client: PoolClient,
  days: readonly RollupDelta[],
) => Promise<RollupDelta[]>;

export function createGroupLimit(most = mostGroupsOfADay): FindBeyond {
  /** How many groups a day has by now, were all that came new ones: counting them is for when that is too many. */
  const bounds = new Map<string, number>();

  return async (client, days) => {
    if (bounds.size > mostBounds) bounds.clear();
    const beyond: RollupDelta[] = [];
    for (const [key, deltas] of byDay(days)) {
      const bound = (bounds.get(key) ?? Infinity) + deltas.length;
      bounds.set(key, bound);
      const [first] = deltas;
      if (bound <= most || !first) continue;
      const held = await countGroups(client, first);
      bounds.set(key, held + deltas.length);
      if (held + deltas.length <= most) continue;
      const known = await findGroups(client, deltas);
      const added = deltas.filter((delta) => !known.has(delta));
      beyond.push(...added.slice(Math.max(0, most - held)));
    }
    return beyond;
  };
}

function byDay(days: readonly RollupDelta[]): Map<string, RollupDelta[]> {
  const groups = days.filter(({ breakdown }) => breakdown !== 0);
  return Map.groupBy(
    groups,
    ({ metricId, breakdown, bucket }) => `${metricId} ${breakdown} ${bucket}`,
  );
}
