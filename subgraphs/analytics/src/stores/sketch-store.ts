import { createSketch } from '@tributary/sketches';
import type { PoolClient } from 'pg';
import type { RollupDelta } from '../rollups/rollup-deltas.ts';
import type { RollupTable } from './rollup-tables.ts';

type Sketched = Required<Pick<RollupDelta, 'metricId' | 'bucket' | 'group' | 'sketched'>>;

/**
 * Merges what deltas have of sketches into their rows, which the caller's transaction has written to
 * and so holds: nobody changes them between reading and writing here.
 */
export async function addSketches(
  client: PoolClient,
  table: RollupTable,
  deltas: readonly RollupDelta[],
): Promise<void> {
  const added = deltas.filter((delta): delta is RollupDelta & Sketched => 'sketched' in delta);
  if (added.length === 0) return;
  const { rows } = await client.query<{ place: number; sketch: Buffer }>(
    `SELECT key.place::int - 1 AS place, held.sketch
     FROM unnest($1::uuid[], $2::timestamptz[], $3::text[]) WITH ORDINALITY AS key (metric_id, bucket, dimension_value, place)
     JOIN ${table} AS held USING (metric_id, bucket, dimension_value)
     WHERE held.sketch IS NOT NULL`,
    keysOf(added),
  );
  const held = new Map(rows.map(({ place, sketch }) => [place, sketch]));
  await client.query(
    `UPDATE ${table} AS held SET sketch = given.sketch
     FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::bytea[]) AS given (metric_id, bucket, dimension_value, sketch)
     WHERE (held.metric_id, held.bucket, held.dimension_value) = (given.metric_id, given.bucket, given.dimension_value)`,
    [...keysOf(added), added.map(({ sketched }, place) => merged(sketched, held.get(place)))],
  );
}

function keysOf(deltas: readonly Sketched[]): unknown[] {
  return [
    deltas.map(({ metricId }) => metricId),
    deltas.map(({ bucket }) => new Date(bucket).toISOString()),
    deltas.map(({ group }) => group),
  ];
}

/** The deltas stay as they are: longer steps are made from them. */
function merged({ figure, sketch }: Sketched['sketched'], held: Buffer | undefined): Buffer {
  if (!held) return sketch.toBytes();
  const sum = createSketch(figure);
  sum.merge(held);
  sum.merge(sketch.toBytes());
  return sum.toBytes();
}
