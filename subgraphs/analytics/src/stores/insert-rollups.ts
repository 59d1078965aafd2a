import type { PoolClient } from 'pg';
import type { RollupDelta } from '../rollups/rollup-sums.ts';
import { rollupArrays, rollupKey, rollupValues } from './rollup-key.ts';
import type { RollupTable } from './rollup-tables.ts';

/** A distinct count's sketch is up to 8 KB as a parameter's text, and 65,000 of them are more than a text can hold. */
const rowsAtATime = 1_000;

/** Writes rows that are not there yet, with their sketches. */
export async function insertRollups(
  client: PoolClient,
  table: RollupTable,
  deltas: readonly RollupDelta[],
): Promise<void> {
  for (let start = 0; start < deltas.length; start += rowsAtATime) {
    const some = deltas.slice(start, start + rowsAtATime);
    await client.query(
      `INSERT INTO ${table} (${rollupKey}, count, sum, min, max, sketch)
       SELECT * FROM unnest(${rollupArrays}, $11::bytea[])`,
      [...rollupValues(some), some.map(({ sketched }) => sketched?.sketch.toBytes() ?? null)],
    );
  }
}
