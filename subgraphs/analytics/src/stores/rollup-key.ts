import { membersOf } from '../rollups/breakdown.ts';
import type { RollupDelta } from '../rollups/rollup-sums.ts';

/** What makes a row of a rollup the same row. */
export const rollupKey = 'metric_id, breakdown, bucket, group_1, group_2, group_3';

/** Arrays for unnest that are the columns of `rollupKey`. */
export const rollupKeyArrays =
  '$1::uuid[], $2::smallint[], $3::timestamptz[], $4::text[], $5::text[], $6::text[]';

export function rollupKeyValues(
  deltas: readonly Pick<RollupDelta, 'metricId' | 'breakdown' | 'bucket' | 'group'>[],
): unknown[] {
  const members = deltas.map(({ group, breakdown }) => membersOf(group, breakdown));
  return [
    plainArray(deltas.map(({ metricId }) => metricId)),
    plainArray(deltas.map(({ breakdown }) => breakdown)),
    plainArray(deltas.map(({ bucket }) => new Date(bucket).toISOString())),
    members.map(([first]) => first),
    members.map(([, second]) => second),
    members.map(([, , third]) => third),
  ];
}

/** Arrays for unnest that are the columns of `rollupKey`, count, sum, min and max. */
export const rollupArrays = `${rollupKeyArrays}, $7::bigint[], $8::float8[], $9::float8[], $10::float8[]`;

export function rollupValues(deltas: readonly RollupDelta[]): unknown[] {
  return [
    ...rollupKeyValues(deltas),
    plainArray(deltas.map(({ count }) => count)),
    plainArray(deltas.map(({ sum }) => sum)),
    plainArray(deltas.map(({ min }) => min)),
    plainArray(deltas.map(({ max }) => max)),
  ];
}

/** An array as PostgreSQL reads it, of what needs no quotes: pg would search each for what does. */
const plainArray = (values: readonly (string | number)[]): string => `{${values.join(',')}}`;
