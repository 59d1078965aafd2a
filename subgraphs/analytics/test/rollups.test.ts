import { randomUUID } from 'node:crypto';
import { person } from '@tributary/testkit';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type AnalyticsService, patience, startAnalytics } from './analytics-service.ts';
import { createMetric } from './documents.ts';
import { processedEvent } from './processed-event.ts';

let service: AnalyticsService;
beforeAll(async () => {
  service = await startAnalytics();
});
afterAll(() => service[Symbol.asyncDispose]());

/** A person, a source of theirs, and how to make and read a metric over it. */
function createScene() {
  const alice = person();
  const sourceId = randomUUID();
  return {
    event: (overrides: Partial<ReturnType<typeof processedEvent>> = {}) =>
      processedEvent({ workspace: alice.workspace, sourceid: sourceId, ...overrides }),
    metric: (overrides: object = {}) =>
      createMetric(service.subgraph, alice, { sourceId, ...overrides }),
    async read(id: string, fields: string) {
      const { data, errors } = await service.subgraph.query(
        alice,
        `query ($id: ID!) { metric(id: $id) { ${fields} } }`,
        { id },
      );
      expect(errors).toBeUndefined();
      return data.metric;
    },
  };
}

test('an event sent again, in the same batch or later, counts once; another time or source makes it another event', async () => {
  const { event, metric, read } = createScene();
  const id = await metric();
  const time = new Date();
  const original = event({ id: 'one', time: time.toISOString() });
  const elsewhere = createScene();
  await service.send(original, original, { ...original, acceptedat: new Date().toISOString() });
  await vi.waitFor(async () => expect((await read(id, 'value')).value).toBe(1), patience);
  await service.send(
    original,
    { ...original, time: new Date(time.getTime() - 1).toISOString() },
    // The same instant, said in another time zone.
    { ...original, time: time.toISOString().replace('Z', '+00:00') },
    elsewhere.event({ id: 'one', time: original.time }),
  );
  const last = event({ id: 'last', subject: original.id });
  await service.send(last);
  await vi.waitFor(async () => expect((await read(id, 'value')).value).toBe(3), patience);
  const { rows } = await service.database.pool.query(
    'SELECT count(*)::int AS count FROM event WHERE source_id = $1',
    [original.sourceid],
  );
  expect(rows).toEqual([{ count: 3 }]);
});

test('odd values in data hurt nothing: they count where a count asks, and as numbers only where they are numbers', async () => {
  const { event, metric, read } = createScene();
  const [count, sum, most, share, groups] = [
    await metric(),
    await metric({ aggregation: 'SUM', field: 'delay' }),
    await metric({ aggregation: 'MAXIMUM', field: 'delay' }),
    await metric({
      aggregation: 'SHARE',
      condition: { field: 'delay', operator: 'GREATER', value: 15 },
    }),
    await metric({ dimensions: ['delay'] }),
  ];
  const odd = ['12', null, true, [3], { a: 3 }, 1.7e308, -1.7e308, 1e-300, '', 'x'.repeat(5_000)];
  await service.send(
    ...odd.map((delay) => event({ data: { delay } })),
    event({ data: {} }),
    event({ data: { constructor: 7, ['__proto__']: 7 } }),
    event({ data: { delay: 20 } }),
    event({ data: { delay: 10 } }),
  );
  await vi.waitFor(async () => expect((await read(count, 'value')).value).toBe(14), patience);
  expect((await read(sum, 'value')).value).toBe(30);
  expect((await read(most, 'value')).value).toBe(20);
  // Of the five numbers, the largest and 20 are above 15.
  expect((await read(share, 'value series { count value }')).value).toBe(2 / 5);
  const { top } = await read(groups, 'top(limit: 100) { key count }');
  const keys = Object.fromEntries(
    top.map(({ key, count }: { key: string; count: number }) => [key, count]),
  );
  expect(keys).toMatchObject({ '(none)': 5, '12': 1, true: 1, '': 1, '20': 1, '10': 1 });
  expect(Math.max(...Object.keys(keys).map((key) => key.length))).toBe(200);
});

test('records on the log that are no such event are counted and passed over', async () => {
  const { event, metric, read } = createScene();
  const id = await metric();
  const before = await service.counter('log_records_invalid_total');
  const redis = new Redis(service.logRedis.url);
  try {
    const records = [{ no: 'event' }, { ...event(), sourceid: 'none' }, null, event()];
    await redis.xadd('log:{events.processed:0}', '*', 'r', JSON.stringify(records));
  } finally {
    redis.disconnect();
  }
  await vi.waitFor(async () => expect((await read(id, 'value')).value).toBe(1), patience);
  expect(await service.counter('log_records_invalid_total')).toBe(before + 3);
});

test('a metric counts what was stored before it as well as what comes after', async () => {
  const { event, metric, read } = createScene();
  const first = await metric();
  await service.send(event({ data: { delay: 4 } }), event({ data: { delay: 6 } }));
  await vi.waitFor(async () => expect((await read(first, 'value')).value).toBe(2), patience);
  const second = await metric({ aggregation: 'AVERAGE', field: 'delay' });
  expect((await read(second, 'value')).value).toBe(5);
  await service.send(event({ data: { delay: 20 } }));
  await vi.waitFor(async () => expect((await read(second, 'value')).value).toBe(10), patience);
});

test('counting stored events that a process left behind is gone on with, from the newest hour back', async () => {
  const { event, metric, read } = createScene();
  const [hour, day] = [3_600_000, 86_400_000];
  const now = Date.now();
  const times = [0, 1, 3].map((days) => now - days * day);
  await service.send(...times.map((time) => event({ time: new Date(time).toISOString() })));
  const id = await metric();
  const fields = 'value(windowMinutes: 10080) countingBefore countedShare';
  const whole = { value: 3, countingBefore: null, countedShare: 1 };
  await vi.waitFor(async () => expect(await read(id, fields)).toEqual(whole), patience);
  // What a process leaves that is killed after it counted today.
  const { pool } = service.database;
  const today = `date_trunc('day', $2::timestamptz, 'UTC')`;
  const newest = new Date(now).toISOString();
  for (const table of ['rollup_minute', 'rollup_hour', 'rollup_day']) {
    await pool.query(`DELETE FROM ${table} WHERE metric_id = $1 AND bucket < ${today}`, [
      id,
      newest,
    ]);
  }
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('LOCK TABLE rollup_minute IN EXCLUSIVE MODE');
    await pool.query(`UPDATE metric SET unbuilt_before = ${today} WHERE id = $1`, [id, newest]);
    // Of the 73 hours from the oldest event's to the newest's, those of today.
    const hoursOfToday = Math.floor((now % day) / hour) + 1;
    const { countedShare } = await read(id, 'countedShare');
    expect(countedShare).toBeCloseTo(hoursOfToday / 73, 10);
    await client.query('COMMIT');
  } finally {
    client.release(true);
  }
  await vi.waitFor(async () => expect(await read(id, fields)).toEqual(whole), patience);
});
