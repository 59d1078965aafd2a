import { createSketch } from '@tributary/sketches';
import type { PoolClient } from 'pg';
import { endsOf } from '../stores/contributions.ts';
import { others } from '../stores/other-groups.ts';
import type { RollupTable } from '../stores/rollup-tables.ts';
import type { SketchedPart } from './fill-sketched.ts';

interface LaidEndToEnd {
  place: string;
  sketch: Buffer;
}

/** A day's can be 24 of up to 4 KB each. */
const rowsAtATime = 200;

/** Of the days that begin within the part: each was laid together from its hours. */
export const joinDays = (client: PoolClient, part: SketchedPart): Promise<void> =>
  joinSketches(client, part, 'rollup_day', 'bucket < $3::timestamptz');

/** Of these days' groups "(other)", which took what had no room. */
export async function joinOthers(client: PoolClient, part: SketchedPart): Promise<void> {
  const isOther = `bucket < $3::timestamptz + interval '1 day' AND breakdown <> 0
    AND (group_1, group_2, group_3) = (${others()})`;
  for (const table of ['rollup_minute', 'rollup_hour'] as const) {
    await joinSketches(client, part, table, isOther);
  }
}

/**
 * Makes one sketch of each row's that are laid end to end. The transaction wrote these rows and nobody
 * else does meanwhile, so that they are found again by where they are.
 */
async function joinSketches(
  client: PoolClient,
  { metric, figure, hours }: SketchedPart,
  table: RollupTable,
  condition: string,
): Promise<void> {
  await client.query(
    `DECLARE laid NO SCROLL CURSOR FOR
     SELECT ctid::text AS place, sketch FROM ${table}
     WHERE metric_id = $1 AND bucket >= $2::timestamptz AND ${condition}`,
    [metric.id, ...endsOf(hours)],
  );
  for (let more = true; more; ) {
    const { rows } = await client.query<LaidEndToEnd>(`FETCH ${rowsAtATime} FROM laid`);
    const joined = rows.map(({ sketch }) => {
      const one = createSketch(figure);
      one.merge(sketch);
      return one.toBytes();
    });
    await client.query(
      `UPDATE ${table} SET sketch = joined.sketch
       FROM unnest($1::text[]::tid[], $2::bytea[]) AS joined (place, sketch) WHERE ctid = joined.place`,
      [rows.map(({ place }) => place), joined],
    );
    more = rows.length === rowsAtATime;
  }
  await client.query('CLOSE laid');
}
