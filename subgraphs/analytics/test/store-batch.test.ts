import { randomBytes, randomUUID } from 'node:crypto';
import { PositionConflict } from '@tributary/event-log';
import { createSketch } from '@tributary/sketches';
import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { createEventPartitions } from '../src/stores/event-partitions.ts';
import { createBatchStoreOnTestDatabase, newMetric } from './batch-store.ts';
import { processedEvent } from './processed-event.ts';

const day = 86_400_000;

async function partitionsHolding(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    'SELECT DISTINCT tableoid::regclass::text AS name FROM event ORDER BY 1',
  );
  return rows.map(({ name }) => name);
}

const partitionOf = (time: Date) =>
  `event_partitions.event_${time.toISOString().slice(0, 10).replaceAll('-', '')}`;

const of = () => ({ workspace: randomUUID(), sourceid: randomUUID() });

test('a late event gets a partition for its UTC day, and tomorrow’s is there ahead', async () => {
  await using store = await createBatchStoreOnTestDatabase();
  const late = new Date(Date.now() - 90 * day);
  const records = [processedEvent({ ...of(), time: late.toISOString() })];
  await store.storeBatch({ records, advances: [] });
  expect(await partitionsHolding(store.pool)).toEqual([partitionOf(late)]);
  const { rows } = await store.pool.query(
    `SELECT to_regclass('${partitionOf(new Date(Date.now() + day))}')::text AS tomorrow`,
  );
  expect(rows).toEqual([{ tomorrow: partitionOf(new Date(Date.now() + day)) }]);
});

test('events of days long past share one partition, so that nobody can make tables without end', async () => {
  await using store = await createBatchStoreOnTestDatabase();
  const records = Array.from({ length: 500 }, (_, index) =>
    processedEvent({ ...of(), time: new Date(index * day).toISOString() }),
  );
  await store.storeBatch({ records, advances: [] });
  expect(await partitionsHolding(store.pool)).toEqual(['event_partitions.event_other']);
});

test('a day whose events are in the shared partition already stays there', async () => {
  await using store = await createBatchStoreOnTestDatabase();
  const time = new Date(Date.now() - 3 * day);
  await store.pool.query(
    `INSERT INTO event (workspace_id, source_id, event_id, time, type, data, accepted_at)
     VALUES (gen_random_uuid(), gen_random_uuid(), 'early', $1, 'x', '{}', now())`,
    [time.toISOString()],
  );
  const records = [processedEvent({ ...of(), time: time.toISOString() })];
  await store.storeBatch({ records, advances: [] });
  expect(await partitionsHolding(store.pool)).toEqual(['event_partitions.event_other']);
});

test('processes that need the same new partitions at once do not disturb each other', async () => {
  await using store = await createBatchStoreOnTestDatabase();
  const times = Array.from({ length: 5 }, (_, index) => new Date(Date.now() - index * day));
  const processes = Array.from({ length: 4 }, () => createEventPartitions({ pool: store.pool }));
  await Promise.all(processes.map((partitions) => partitions.ensure(times)));
  const { rows } = await store.pool.query(
    `SELECT count(*)::int AS count FROM pg_inherits WHERE inhparent = 'event'::regclass`,
  );
  // The five days, tomorrow, and the shared one.
  expect(rows).toEqual([{ count: 7 }]);
});

test('records that PostgreSQL cannot hold are told of and passed over, the rest of their batch is stored', async () => {
  await using store = await createBatchStoreOnTestDatabase();
  const { workspace, sourceid } = of();
  const metric = newMetric({ id: randomUUID(), sourceId: sourceid, dimensions: ['origin'] });
  await store.createMetric(workspace, metric);
  const good = Array.from({ length: 20 }, () => processedEvent({ workspace, sourceid }));
  const bad = [
    processedEvent({ workspace, sourceid, id: 'nul', data: { origin: '\u0000' } }),
    processedEvent({ workspace, sourceid, id: 'half', data: { origin: '\ud800' } }),
    processedEvent({ workspace, sourceid, id: randomBytes(9_000).toString('base64') }),
    processedEvent({ workspace, sourceid, id: 'type\u0000', type: 'flight\u0000' }),
  ];
  const records = [...good.slice(0, 7), ...bad, ...good.slice(7)];
  await store.storeBatch({ records, advances: [] });

  expect(store.poison.map(({ eventId }) => eventId).sort()).toEqual(bad.map(({ id }) => id).sort());
  const { rows } = await store.pool.query(
    `SELECT (SELECT count(*)::int FROM event) AS events,
            (SELECT sum(count)::int FROM rollup_minute WHERE breakdown = 0) AS minutes,
            (SELECT sum(count)::int FROM source_activity) AS activity`,
  );
  expect(rows).toEqual([{ events: 20, minutes: 20, activity: 20 }]);
  expect(await store.counter('events_stored_total')).toBe(20);
  expect(await store.counter('events_duplicate_total')).toBe(0);
  expect(await store.counter('events_poisonous_total')).toBe(4);
});

test('a batch that another process took first changes nothing', async () => {
  await using store = await createBatchStoreOnTestDatabase();
  const records = [processedEvent(of())];
  await store.storeBatch({ records, advances: [{ partition: 3, from: null, to: '5-0' }] });
  await expect(
    store.storeBatch({
      records: [processedEvent(of())],
      advances: [{ partition: 3, from: '4-0', to: '6-0' }],
    }),
  ).rejects.toThrow(PositionConflict);
  const { rows } = await store.pool.query('SELECT event_id AS id FROM event');
  expect(rows).toEqual(records.map(({ id }) => ({ id })));
});

test('numbers too large to add up count for nothing, before a metric’s creation as after it', async () => {
  await using store = await createBatchStoreOnTestDatabase();
  const { workspace, sourceid } = of();
  const metric = newMetric({
    id: randomUUID(),
    sourceId: sourceid,
    aggregation: 'SUM',
    field: 'n',
  });
  const huge = (count: number) =>
    Array.from({ length: count }, () =>
      processedEvent({ workspace, sourceid, data: { n: Number.MAX_VALUE } }),
    );
  await store.storeBatch({ records: huge(3), advances: [] });
  await store.createMetric(workspace, metric);
  await store.storeBatch({ records: huge(3), advances: [] });
  const few = processedEvent({ workspace, sourceid, data: { n: 2 } });
  await store.storeBatch({ records: [few], advances: [] });
  const { rows } = await store.pool.query('SELECT count::int, sum FROM rollup_hour');
  expect(rows).toEqual([{ count: 1, sum: 2 }]);
});

test.each(['SUM', 'PERCENTILE'] as const)(
  'a day has room for so many groups of a %s: events of later ones count together, in every step and after a rebuild',
  async (aggregation) => {
    await using store = await createBatchStoreOnTestDatabase({ mostGroups: 3 });
    const { workspace, sourceid } = of();
    const metric = newMetric({
      ...{ id: randomUUID(), sourceId: sourceid, aggregation, field: 'delay' },
      percentile: aggregation === 'PERCENTILE' ? 50 : null,
      dimensions: ['origin', 'carrier'],
    });
    await store.createMetric(workspace, metric);
    const today = Math.floor(Date.now() / day) * day;
    // Two of them in an hour: a rebuild counts an hour at a time.
    const flight = (origin: string, carrier: string, delay: number) =>
      processedEvent({
        ...{ workspace, sourceid, data: { origin, carrier, delay } },
        time: new Date(today + Math.floor(delay / 2) * 3_600_000).toISOString(),
      });
    for (const batch of [
      [flight('ATL', 'AA', 1), flight('BOS', 'AA', 2)],
      [
        flight('CLT', 'AA', 3),
        flight('DFW', 'AA', 4),
        flight('DFW', 'UA', 5),
        flight('ATL', 'AA', 6),
      ],
      [flight('DFW', 'UA', 7), flight('EWR', 'AA', 8), flight('ATL', 'UA', 9)],
    ]) {
      await store.storeBatch({ records: batch, advances: [] });
    }

    const byOrigin = { ATL: 3, BOS: 1, CLT: 1, '(other)': 4 };
    const byCarrier = { AA: 6, UA: 3 };
    const byBoth = { 'ATL AA': 2, 'BOS AA': 1, 'CLT AA': 1, '(other) (other)': 5 };
    for (const table of ['rollup_minute', 'rollup_hour', 'rollup_day']) {
      expect(await countsOf(store.pool, table)).toEqual({
        0: 9,
        1: byOrigin,
        2: byCarrier,
        3: byBoth,
      });
    }
    await store.rebuildMetric(workspace, metric.id);
    for (const table of ['rollup_minute', 'rollup_hour', 'rollup_day']) {
      expect(await countsOf(store.pool, table)).toMatchObject({
        0: 9,
        1: { ATL: 3, DFW: 3, '(other)': 2 },
        2: byCarrier,
        3: { 'ATL AA': 2, 'DFW UA': 2, '(other) (other)': 4 },
      });
    }
  },
);

test('groups whose values are called “(other)” have no more room than others, after a rebuild too', async () => {
  await using store = await createBatchStoreOnTestDatabase({ mostGroups: 2 });
  const { workspace, sourceid } = of();
  const dimensions = ['origin', 'carrier'];
  const metric = newMetric({ id: randomUUID(), sourceId: sourceid, dimensions });
  await store.createMetric(workspace, metric);
  const time = new Date().toISOString();
  const records = ['AA', 'B6', 'DL', 'UA', 'WN'].map((carrier) =>
    processedEvent({ workspace, sourceid, time, data: { origin: '(other)', carrier } }),
  );
  await store.storeBatch({ records, advances: [] });
  const expected = {
    0: 5,
    1: { '(other)': 5 },
    2: { AA: 1, B6: 1, '(other)': 3 },
    3: { '(other) AA': 1, '(other) B6': 1, '(other) (other)': 3 },
  };
  expect(await countsOf(store.pool, 'rollup_day')).toEqual(expected);
  await store.rebuildMetric(workspace, metric.id);
  for (const table of ['rollup_minute', 'rollup_hour', 'rollup_day']) {
    expect(await countsOf(store.pool, table)).toEqual(expected);
  }
});

test('each of more sketches than are written at a time is merged into its own row', async () => {
  await using store = await createBatchStoreOnTestDatabase();
  const { workspace, sourceid } = of();
  const metric = newMetric({
    ...{ id: randomUUID(), sourceId: sourceid, aggregation: 'PERCENTILE', field: 'delay' },
    ...{ percentile: 100, dimensions: ['origin'] },
  });
  await store.createMetric(workspace, metric);
  const origins = Array.from({ length: 1_100 }, (_, origin) => origin);
  const time = new Date().toISOString();
  const flights = (delayOf: (origin: number) => number) =>
    origins.map((origin) =>
      processedEvent({ workspace, sourceid, time, data: { origin, delay: delayOf(origin) } }),
    );
  // The longest delay of every other origin comes first.
  for (const [early, late] of [
    [1, 0],
    [0, 1],
  ] as const) {
    const records = flights((origin) => 1 + origin * (origin % 2 === 0 ? early : late));
    await store.storeBatch({ records, advances: [] });
  }

  const { rows } = await store.pool.query<{ origin: number; sketch: Buffer }>(
    'SELECT group_1::int AS origin, sketch FROM rollup_minute WHERE breakdown = 1 ORDER BY 1',
  );
  expect(rows.map(({ origin }) => origin)).toEqual(origins);
  const wrong = rows.filter(({ origin, sketch }) => {
    return Math.abs(highestIn(sketch) / (1 + origin) - 1) > 0.011;
  });
  expect(wrong).toEqual([]);
});

function highestIn(bytes: Buffer): number {
  const sketch = createSketch({ kind: 'percentile', percent: 100 });
  sketch.merge(bytes);
  return sketch.figure() ?? Number.NaN;
}

function asOne(bytes: Buffer): Buffer {
  const sketch = createSketch({ kind: 'percentile', percent: 50 });
  sketch.merge(bytes);
  return sketch.toBytes();
}

/** Events by breakdown and group; of metrics with sketches those that the sketches hold. */
async function countsOf(pool: Pool, table: string) {
  const { rows } = await pool.query<{
    breakdown: number;
    key: string;
    count: number;
    sketch: Buffer;
  }>(
    `SELECT breakdown, concat_ws(' ', nullif(group_1, ''), nullif(group_2, '')) AS key, count::int, sketch FROM ${table}`,
  );
  const counts: Record<number, Record<string, number>> = {};
  for (const { breakdown, key, count, sketch } of rows) {
    if (sketch) expect(timesIn(sketch)).toBe(count);
    if (sketch) expect(asOne(sketch)).toEqual(sketch);
    const held = counts[breakdown]?.[key] ?? 0;
    counts[breakdown] = { ...counts[breakdown], [key]: held + count };
  }
  const { 0: total, ...groups } = counts;
  return { 0: total?.[''], ...groups };
}

/** How many numbers a percentile sketch was given: so many more smaller ones bring its median down to them. */
function timesIn(bytes: Buffer): number {
  const sketch = createSketch({ kind: 'percentile', percent: 50 });
  sketch.merge(bytes);
  let times = 0;
  for (; (sketch.figure() ?? 0) > 0; times += 1) sketch.add(0);
  return times;
}
