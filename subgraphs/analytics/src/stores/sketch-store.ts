import { createSketch } from '@tributary/sketches';
import type { PoolClient } from 'pg';
import type { RollupDelta } from '../rollups/rollup-sums.ts';
import { rollupKey, rollupKeyArrays, rollupKeyValues } from './rollup-key.ts';
import type { RollupTable } from './rollup-tables.ts';

type Sketched = Required<Pick<RollupDelta, 'sketched'>>;

/** A distinct count's sketch is up to 8 KB as a parameter's text, and 65,000 of them are more than a text can hold. */
const rowsAtATime = 1_000;

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
  for (let start = 0; start < added.length; start += rowsAtATime) {
    await mergeIntoRows(client, table, added.slice(start, start + rowsAtATime));
  }
}

async function mergeIntoRows(
  client: PoolClient,
  table: RollupTable,
  added: readonly (RollupDelta & Sketched)[],
): Promise<void> {
  // All of them, also those without a sketch yet: how many have one PostgreSQL would guess wrongly.
  const { rows } = await client.query<{ place: number; sketch: Buffer | null }>(
    `SELECT key.place::int - 1 AS place, held.sketch
     FROM unnest(${rollupKeyArrays}) WITH ORDINALITY AS key (${rollupKey}, place)
     JOIN ${table} AS held USING (${rollupKey})`,
    rollupKeyValues(added),
  );
  const held = new Map(rows.map(({ place, sketch }) => [place, sketch]));
  await client.query(
    `UPDATE ${table} AS held SET sketch = given.sketch
     FROM unnest(${rollupKeyArrays}, $7::bytea[]) AS given (${rollupKey}, sketch)
     WHERE (${heldKey}) = (${givenKey})`,
    [
      ...rollupKeyValues(added),
      added.map(({ sketched }, place) => merged(sketched, held.get(place))),
    ],
  );
}

const keyOf = (table: string) => rollupKey.replaceAll(/\w+/g, (column) => `${table}.${column}`);
const heldKey = keyOf('held');
const givenKey = keyOf('given');

/** The deltas stay as they are: longer steps are made from them. */
function merged({ figure, sketch }: Sketched['sketched'], held: Buffer | null | undefined): Buffer {
  if (!held) return sketch.toBytes();
  const sum = createSketch(figure);
  sum.merge(held);
  sum.merge(sketch.toBytes());
  return sum.toBytes();
}
