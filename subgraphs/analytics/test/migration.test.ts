import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyMigrations } from '@tributary/prisma/migrate';
import { createSketch } from '@tributary/sketches';
import { createTestDatabase } from '@tributary/testkit';
import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { createMetricBuilder } from '../src/builds/build-metric.ts';
import type { ReadPlan } from '../src/queries/window.ts';
import { createFigureStore } from '../src/stores/figure-store.ts';

const current = fileURLToPath(new URL('../../../prisma/analytics', import.meta.url));

/** A database as it was before a migration. */
async function databaseBefore(migration: string) {
  const database = await createTestDatabase('analytics');
  const directory = await mkdtemp(join(tmpdir(), 'tributary-before-'));
  await database.pool.query(
    'DROP SCHEMA event_partitions CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public',
  );
  await cp(current, directory, { recursive: true });
  for (const name of await readdir(join(directory, 'migrations'))) {
    if (/^\d/.test(name) && name >= migration)
      await rm(join(directory, 'migrations', name), { recursive: true });
  }
  await applyMigrations({ name: 'analytics', url: database.url, directory });
  await rm(directory, { recursive: true });
  return database;
}

const workspace = randomUUID();
const sourceId = randomUUID();
const at = Date.UTC(2026, 9, 30, 8, 30);
const range = { from: Date.UTC(2026, 9, 30), to: Date.UTC(2026, 9, 31) };
const plan: ReadPlan = { days: [range], hours: [], minutes: [], counted: [] };

/** Flights to two places as a metric of before had them, with all of their rollups. */
async function createMetric(
  pool: Pool,
  { aggregation, dimension }: { aggregation: string; dimension: string | null },
) {
  const id = randomUUID();
  const percentile = aggregation === 'PERCENTILE' ? 100 : null;
  await pool.query(
    `INSERT INTO metric (id, workspace_id, name, source_id, event_type, aggregation, field, percentile, dimension)
     VALUES ($1, $2, 'Delay', $3, 'flight.departed', $4, 'delay', $5, $6)`,
    [id, workspace, sourceId, aggregation, percentile, dimension],
  );
  const groups = dimension
    ? [
        ['JFK', 10],
        ['LAX', 32],
      ]
    : [['', 42]];
  for (const [group, sum] of groups) {
    const sketch = createSketch({ kind: 'percentile', percent: 100 });
    sketch.add(Number(sum));
    for (const [table, length] of [
      ['minute', 60_000],
      ['hour', 3_600_000],
      ['day', 86_400_000],
    ] as const) {
      await pool.query(
        `INSERT INTO rollup_${table} (metric_id, bucket, dimension_value, count, sum, min, max, sketch) VALUES ($1, $2, $3, 1, $4, $4, $4, $5)`,
        [
          id,
          new Date(Math.floor(at / length) * length),
          group,
          sum,
          percentile && sketch.toBytes(),
        ],
      );
    }
  }
  return id;
}

test('metrics of before there were several dimensions keep their figures', async () => {
  await using database = await databaseBefore('20261128043000');
  const { pool, url } = database;
  for (const [index, origin] of ['JFK', 'LAX'].entries()) {
    await pool.query(
      `INSERT INTO event (workspace_id, source_id, event_id, time, type, data, accepted_at) VALUES ($1, $2, $3, $4, 'flight.departed', $5, now())`,
      [workspace, sourceId, origin, new Date(at), { origin, delay: [10, 32][index] }],
    );
  }
  const plain = await createMetric(pool, { aggregation: 'SUM', dimension: null });
  const grouped = await createMetric(pool, { aggregation: 'SUM', dimension: 'origin' });
  const sketched = await createMetric(pool, { aggregation: 'PERCENTILE', dimension: 'origin' });

  await applyMigrations({ name: 'analytics', url });

  const figures = createFigureStore({ pool });
  const ids = [plain, grouped, sketched];
  const groups = async (id: string) =>
    (
      await figures.groups(workspace, [id], plan, { by: [0], where: [], limit: 5, minimumCount: 1 })
    ).map(({ keys, value }) => [...keys, Math.round(value)]);
  const values = async () => {
    const rows = await figures.values(workspace, ids, plan, { where: [] });
    return new Map(rows.map(({ metricId, value }) => [metricId, Math.round(value)]));
  };
  const byOrigin = [
    ['LAX', 32],
    ['JFK', 10],
  ];
  expect(await groups(grouped)).toEqual(byOrigin);
  expect(await groups(sketched)).toEqual(byOrigin);
  expect(await values()).toEqual(
    new Map([
      [plain, 42],
      [grouped, 42],
    ]),
  );

  // The totals of sketches come from the events, as of any metric whose counting is not at its end.
  const { rows } = await pool.query('SELECT id FROM metric WHERE unbuilt_before IS NOT NULL');
  expect(rows).toEqual([{ id: sketched }]);
  const build = createMetricBuilder({ pool });
  await build({ workspaceId: workspace, id: sketched }, { milliseconds: Number.POSITIVE_INFINITY });
  expect((await values()).get(sketched)).toBe(32);
  expect(await groups(sketched)).toEqual(byOrigin);
});
