import { membersOf } from '../rollups/breakdown.ts';
import type { RollupDelta } from '../rollups/rollup-sums.ts';
import type { Given } from './statement-values.ts';

/** What makes a row of a rollup the same row. */
export const rollupKey = 'metric_id, breakdown, bucket, group_1, group_2, group_3';

const keyTypes = ['uuid', 'smallint', 'timestamptz', 'text', 'text', 'text'];
const sumTypes = [...keyTypes, 'bigint', 'float8', 'float8', 'float8'];
const arraysOf = (types: readonly string[]): string =>
  types.map((type, place) => `$${place + 1}::${type}[]`).join(', ');

/** Arrays for unnest that are the columns of `rollupKey`. */
export const rollupKeyArrays = arraysOf(keyTypes);

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

/** Rows with their sketches, as given values: what stands after FROM. */
export function givenRollups(deltas: readonly RollupDelta[], given: Given): string {
  const arrays = rollupValues(deltas).map(
    (array, place) => `${given(array)}::${sumTypes[place]}[]`,
  );
  const sketches = given(deltas.map(({ sketched }) => sketched?.sketch.toBytes() ?? null));
  return `unnest(${arrays.join(', ')}, ${sketches}::bytea[])
    AS given (${rollupKey}, count, sum, min, max, sketch)`;
}

/** Arrays for unnest that are the columns of `rollupKey`, count, sum, min and max. */
export const rollupArrays = arraysOf(sumTypes);

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
