import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { createMetricBuilder } from '../src/builds/build-metric.ts';
import { createBatchStoreOnTestDatabase, newMetric } from './batch-store.ts';
import { processedEvent } from './processed-event.ts';

test.each(['SUM', 'PERCENTILE'] as const)(
  'a build of a %s that ends after every part counts what comes between them once, before and behind it',
  async (aggregation) => {
    await using store = await createBatchStoreOnTestDatabase();
    const workspace = randomUUID();
    const sourceid = randomUUID();
    const hour = 3_600_000;
    const today = Math.floor(Date.now() / (24 * hour)) * 24 * hour;
    const flights = (hours: readonly number[]) =>
      hours.map((hours) =>
        processedEvent({
          ...{ workspace, sourceid, data: { origin: `O${hours % 3}`, delay: 1 + hours } },
          time: new Date(today - hours * hour).toISOString(),
        }),
      );
    const metricOf = (id: string) =>
      newMetric({
        ...{ id, sourceId: sourceid, aggregation, field: 'delay', dimensions: ['origin'] },
        percentile: aggregation === 'PERCENTILE' ? 50 : null,
      });
    await store.storeBatch({ records: flights([0, 1, 5, 20, 26, 27, 60]), advances: [] });
    const [first, second] = [randomUUID(), randomUUID()];
    await store.metrics.create(workspace, metricOf(first));
    const build = createMetricBuilder({ pool: store.pool, eventsAtATime: 1 });
    let parts = 1;
    // A process that is killed leaves no more behind than one that stops here.
    while (!(await build({ workspaceId: workspace, id: first }, { milliseconds: 0 }))) {
      await store.storeBatch({ records: flights([0, 3, 24, 25, 48]), advances: [] });
      parts += 1;
    }
    expect(parts).toBeGreaterThan(4);
    await store.createMetric(workspace, metricOf(second));
    for (const table of ['rollup_minute', 'rollup_hour', 'rollup_day']) {
      const rows = await rowsOf(store.pool, table, first);
      expect(rows.length).toBeGreaterThan(4);
      expect(rows).toEqual(await rowsOf(store.pool, table, second));
    }
  },
);

async function rowsOf(pool: Pool, table: string, metricId: string): Promise<unknown[]> {
  const { rows } = await pool.query(
    `SELECT breakdown, bucket, group_1, count, sum, min, max, sketch FROM ${table}
     WHERE metric_id = $1 ORDER BY breakdown, bucket, group_1`,
    [metricId],
  );
  return rows;
}
