import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { describe, expect, test } from 'vitest';
import { createFigureLoaders } from '../src/queries/figure-loaders.ts';
import type { Stretch } from '../src/queries/window.ts';
import { createCounting } from '../src/stores/counting.ts';
import { createFigureStore } from '../src/stores/figure-store.ts';
import { deleteGroupMinutes } from '../src/stores/rollup-store.ts';
import { createBatchStoreOnTestDatabase, newMetric } from './batch-store.ts';
import { processedEvent } from './processed-event.ts';

const minute = 60_000;
const day = 1_440 * minute;
const today = Math.floor(Date.now() / day) * day;

const flight = fc.record({
  at: fc.integer({ min: 0, max: 150 }).map((minutes) => today + minutes * minute + 30_000),
  // More of them than a day has room for here.
  origin: fc.constantFrom('ATL', 'BOS', 'CLT', 'DFW', 'EWR', undefined),
  carrier: fc.constantFrom('AA', 'UA'),
  delay: fc.integer({ min: -20, max: 200 }),
});
const stretch = fc
  .record({ first: fc.integer({ min: 0, max: 150 }), length: fc.integer({ min: 1, max: 150 }) })
  .map(({ first, length }) => ({
    from: today + first * minute,
    to: today + (first + length) * minute,
  }));

test.each(['SUM', 'AVERAGE', 'MAXIMUM', 'PERCENTILE', 'DISTINCT'] as const)(
  'figures of a %s by group stay the same when their minutes are no longer kept',
  async (aggregation) => {
    await using store = await createBatchStoreOnTestDatabase({ mostGroups: 3 });
    const figures = createFigureStore({ pool: store.pool });
    await fc.assert(
      fc.asyncProperty(
        fc.array(flight, { minLength: 1, maxLength: 40 }),
        fc.array(stretch, { minLength: 1, maxLength: 3 }),
        async (flights, stretches) => {
          const workspace = randomUUID();
          const sourceid = randomUUID();
          const id = randomUUID();
          const percentile = aggregation === 'PERCENTILE' ? 75 : null;
          const dimensions = ['origin', 'carrier'];
          await store.createMetric(
            workspace,
            newMetric({
              id,
              sourceId: sourceid,
              aggregation,
              field: 'delay',
              percentile,
              dimensions,
            }),
          );
          const records = flights.map(({ at, ...data }) =>
            processedEvent({ workspace, sourceid, time: new Date(at).toISOString(), data }),
          );
          // In parts: which groups a day has no room for depends on which came first.
          for (let start = 0; start < records.length; start += 6) {
            await store.storeBatch({ records: records.slice(start, start + 6), advances: [] });
          }

          const readAt = (now: number) =>
            Promise.all(stretches.map((range) => readFigures({ workspace, id, range, now })));
          const kept = await readAt(today);
          while (await deleteGroupMinutes(store.pool, today + day)) {}
          const left = await store.pool.query(
            'SELECT FROM rollup_minute WHERE metric_id = $1 AND breakdown <> 0',
            [id],
          );
          expect(left.rowCount).toBe(0);
          expect(await readAt(today + 8 * day)).toEqual(kept);
          // Nor do others see them there.
          const foreign = { workspace: randomUUID(), id, range: stretches[0] ?? expect.fail() };
          expect(await readFigures({ ...foreign, now: today + 8 * day })).toEqual(nothing);
        },
      ),
      { numRuns: 12 },
    );

    async function readFigures(asked: {
      workspace: string;
      id: string;
      range: Stretch;
      now: number;
    }) {
      const loaders = createFigureLoaders(figures, asked.workspace, asked.now);
      const of = { metricId: asked.id, ...asked.range };
      const where = [{ place: 0, in: ['ATL', 'EWR', '(none)'] }];
      const most = { limit: 10, minimumCount: 1 };
      return {
        value: await loaders.value.load({ ...of, where }),
        points: await loaders.points.load({ ...of, where, step: 'MINUTE' }),
        origins: await loaders.groups.load({ ...of, ...most, where: [], by: [0] }),
        both: await loaders.groups.load({ ...of, ...most, where, by: [1, 0] }),
      };
    }
  },
);

const nothing = { value: null, points: [], origins: [], both: [] };

test('events that come when the minutes of their groups are no longer kept add none', async () => {
  await using store = await createBatchStoreOnTestDatabase();
  const workspace = randomUUID();
  const sourceid = randomUUID();
  const metric = newMetric({ id: randomUUID(), sourceId: sourceid, dimensions: ['origin'] });
  await store.createMetric(workspace, metric);
  const records = [0, 7, 8, 9, 400].map((days) =>
    processedEvent({
      ...{ workspace, sourceid, data: { origin: 'JFK' } },
      time: new Date(today - days * day).toISOString(),
    }),
  );
  await store.storeBatch({ records, advances: [] });
  const counts = async () =>
    (
      await store.pool.query(
        `SELECT (SELECT count(*)::int FROM rollup_minute WHERE breakdown = 0) AS totals,
                (SELECT count(*)::int FROM rollup_minute WHERE breakdown = 1) AS groups,
                (SELECT count(*)::int FROM rollup_hour WHERE breakdown = 1) AS hours`,
      )
    ).rows[0];
  const expected = { totals: 5, groups: 3, hours: 5 };
  expect(await counts()).toEqual(expected);
  await store.rebuildMetric(workspace, metric.id);
  expect(await counts()).toEqual(expected);
});

describe('counting', () => {
  async function createScene() {
    const store = await createBatchStoreOnTestDatabase();
    const workspace = randomUUID();
    const sourceid = randomUUID();
    const id = randomUUID();
    await store.createMetric(workspace, newMetric({ id, sourceId: sourceid }));
    const records = [0, 1, 2].map((minutes) =>
      processedEvent({
        workspace,
        sourceid,
        time: new Date(today + minutes * minute).toISOString(),
      }),
    );
    await store.storeBatch({ records, advances: [] });
    return {
      pool: store.pool,
      minutes: {
        ...{ workspaceId: workspace, metricIds: [id], breakdown: 0, where: [] },
        ranges: [{ from: today, to: today + 3 * minute }],
      },
      [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
    };
  }
  const one = async () => 1;

  test('of too many events is refused, and leaves nothing behind', async () => {
    await using scene = await createScene();
    const { pool, minutes } = scene;
    const refused = createCounting({ pool, mostEvents: 2 })(minutes, one);
    await expect(refused).rejects.toMatchObject({ code: 'OPERATION_TOO_COMPLEX' });
    expect(await createCounting({ pool, mostEvents: 3 })(minutes, one)).toBe(1);
    const { rows } = await pool.query(`SELECT to_regclass('counted_minute') AS counted`);
    expect(rows).toEqual([{ counted: null }]);
  });

  test('that takes too long is given up', async () => {
    await using scene = await createScene();
    const count = createCounting({ pool: scene.pool, longestMilliseconds: 50 });
    await using _held = await holdEvents(scene.pool);
    await expect(count(scene.minutes, one)).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
  });

  test('is waited for no longer than it may take itself', async () => {
    await using scene = await createScene();
    const count = createCounting({ pool: scene.pool, longestMilliseconds: 50 });
    await using _held = await holdEvents(scene.pool);
    const [first, second] = [count(scene.minutes, one), count(scene.minutes, one)];
    await expect(first).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    await expect(second).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  test('goes on for two workspaces at a time, the others wait', async () => {
    await using scene = await createScene();
    const { pool, minutes } = scene;
    const count = createCounting({ pool });
    let underWay = 0;
    let most = 0;
    const look = async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await pool.query('SELECT pg_sleep(0.05)');
      underWay -= 1;
    };
    const workspaces = Array.from({ length: 6 }, () => ({ ...minutes, workspaceId: randomUUID() }));
    await Promise.all(workspaces.map((asked) => count(asked, look)));
    expect(most).toBe(2);
  });

  test('for one workspace leaves room to others, and says when too many wait', async () => {
    await using scene = await createScene();
    const { pool, minutes } = scene;
    const count = createCounting({ pool });
    const held = await holdEvents(pool);
    const many = Array.from({ length: 25 }, () => count(minutes, one));
    const ends = Promise.allSettled(many);
    await expect(Promise.any(many.slice(21).map(rejected))).resolves.toMatchObject({
      code: 'UNAVAILABLE',
    });
    // Its metrics are nobody’s, so there is nothing to wait for.
    expect(await count({ ...minutes, workspaceId: randomUUID() }, one)).toBe(1);
    await held[Symbol.asyncDispose]();

    const byEnd = Map.groupBy(await ends, ({ status }) => status);
    expect(byEnd.get('fulfilled')).toHaveLength(21);
    expect(byEnd.get('rejected')).toHaveLength(4);
    expect(await count(minutes, one)).toBe(1);
  });
});

const rejected = (promise: Promise<unknown>) =>
  promise.then(
    () => Promise.reject(new Error('It was not refused.')),
    (error: unknown) => error,
  );

/** Nobody can read an event until then. */
async function holdEvents(pool: Pool): Promise<AsyncDisposable> {
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query('LOCK TABLE event IN ACCESS EXCLUSIVE MODE');
  return {
    async [Symbol.asyncDispose]() {
      await client.query('COMMIT');
      client.release();
    },
  };
}
