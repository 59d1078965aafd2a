import { randomUUID } from 'node:crypto';
import type { UserPrincipal } from '@tributary/chassis';
import { createPositionStore } from '@tributary/event-log';
import { type MetricUpdated, metricUpdated } from '@tributary/events';
import { channels } from '@tributary/pubsub';
import { createTestDatabase, person } from '@tributary/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type AnalyticsService, patience, startAnalytics } from './analytics-service.ts';
import { createDashboard, createMetric, deleteMetricDocument } from './documents.ts';
import { processedEvent } from './processed-event.ts';

let service: AnalyticsService;
beforeAll(async () => {
  service = await startAnalytics();
});
afterAll(() => service[Symbol.asyncDispose]());

const minuteMilliseconds = 60_000;
const minuteOf = (time: string | Date) =>
  new Date(Math.floor(new Date(time).getTime() / minuteMilliseconds) * minuteMilliseconds);

/** A dashboard with a widget of each kind over the average delay by origin. */
async function createDelayDashboard(principal: UserPrincipal) {
  const sourceId = randomUUID();
  const metricId = await createMetric(service.subgraph, principal, {
    sourceId,
    aggregation: 'AVERAGE',
    field: 'delay',
    dimensions: ['origin'],
    unit: 'min',
  });
  const kinds = ['TIME_SERIES', 'BAR', 'NUMBER', 'TABLE'];
  const widgets = kinds.map((kind) => ({ title: kind, kind, metricId, limit: 2 }));
  const { id, widgetIds } = await createDashboard(service.subgraph, principal, widgets);
  const flight = (delay: number, origin: string, overrides: object = {}) =>
    processedEvent({
      workspace: principal.workspace,
      sourceid: sourceId,
      data: { delay, origin },
      ...overrides,
    });
  return { sourceId, metricId, dashboardId: id, widgetIds, flight };
}

test('every widget of a dashboard hears the right numbers on the dashboard’s channel, by its kind', async () => {
  const alice = person();
  const { dashboardId, widgetIds, flight } = await createDelayDashboard(alice);
  const messages = await service.listen(alice, dashboardId);
  const now = new Date().toISOString();
  const earlier = new Date(Date.now() - 10 * minuteMilliseconds).toISOString();
  const events = [
    flight(10, 'JFK', { time: now }),
    flight(20, 'JFK', { time: now }),
    flight(60, 'SFO', { time: earlier }),
    flight(5, 'LAX', { time: earlier }),
  ];
  await service.send(...events);
  // Partitions of the log may be stored in several transactions: then each message has the minutes it touched.
  await vi.waitFor(() => {
    const points = messages
      .filter(({ widget }) => widget.id === widgetIds[0])
      .flatMap((message) => message.points);
    expect(new Map(points.map(({ at, ...point }) => [at, point]))).toEqual(
      new Map([
        [minuteOf(earlier).toISOString(), { value: 32.5, count: 2 }],
        [minuteOf(now).toISOString(), { value: 15, count: 2 }],
      ]),
    );
  }, patience);
  // What the last message says of each widget holds for all four events.
  const latest = await vi.waitFor(() => {
    const byWidget = new Map(messages.map((message) => [message.widget.id, message]));
    const found = widgetIds.map((id) => byWidget.get(id) ?? expect.fail());
    for (const { value } of found) expect(value).toBe(23.75);
    return found;
  }, patience);

  for (const message of latest)
    expect(channels.widgetUpdated.schema.parse(message)).toEqual(message);
  const [series, bar, number, table] = latest;
  const groups = [
    { key: 'SFO', value: 60, count: 1 },
    { key: 'JFK', value: 15, count: 2 },
  ];
  expect(bar).toMatchObject({ points: [], groups });
  expect(table).toMatchObject({ points: [], groups });
  expect(number).toMatchObject({ points: [], groups: [] });
  expect(series?.groups).toEqual([]);
  const freshness = series?.freshness ?? expect.fail();
  const accepted = events.map(({ acceptedat }) => acceptedat).sort();
  expect(freshness).toMatchObject({ acceptedAt: accepted.at(-1), state: 'LIVE' });
  expect(freshness.lagMilliseconds).toBeLessThan(5_000);
});

test('a message holds the minutes that changed, not those that were there before', async () => {
  const alice = person();
  const { dashboardId, widgetIds, flight } = await createDelayDashboard(alice);
  const messages = await service.listen(alice, dashboardId);
  const at = (minutes: number) => new Date(Date.now() - minutes * minuteMilliseconds).toISOString();
  const valueIs = (value: number) =>
    vi.waitFor(() => {
      const series = messages.filter(({ widget }) => widget.id === widgetIds[0]);
      expect(series.at(-1)?.value).toBe(value);
    }, patience);
  await service.send(flight(10, 'JFK', { time: at(9) }));
  await valueIs(10);
  const time = at(5);
  await service.send(flight(30, 'JFK', { time }));
  await valueIs(20);
  const series = messages.filter(({ widget }) => widget.id === widgetIds[0]);
  expect(series.at(-1)?.points).toEqual([
    { at: minuteOf(time).toISOString(), value: 30, count: 1 },
  ]);
});

test('a widget hears of a stream at most about four times a second', async () => {
  const alice = person();
  const { dashboardId, widgetIds, flight } = await createDelayDashboard(alice);
  const messages = await service.listen(alice, dashboardId);
  const start = Date.now();
  let sent = 0;
  await vi.waitFor(
    async () => {
      await service.send(flight(10, 'JFK'));
      sent += 1;
      expect(Date.now() - start).toBeGreaterThan(3_000);
    },
    { timeout: 10_000, interval: 10 },
  );
  const ofOne = messages.filter(({ widget }) => widget.id === widgetIds[0]);
  const seconds = (Date.now() - start) / 1_000;
  expect(sent).toBeGreaterThan(30);
  expect(ofOne.length).toBeGreaterThan(2);
  expect(ofOne.length).toBeLessThanOrEqual(seconds * 4 + 2);
});

test('the log hears the touched minutes of a metric as they stand, all groups together, the newest 120 at most, and then its end', async () => {
  await using readers = await createTestDatabase('notifications');
  const alice = person();
  const { metricId, flight } = await createDelayDashboard(alice);
  const updates: MetricUpdated[] = [];
  const consumer = service.log.consume({
    event: metricUpdated,
    group: 'notifications.alerts',
    positions: createPositionStore(readers),
    handle: async ({ records }) => {
      updates.push(...records.filter(({ data }) => data.metricId === metricId));
    },
    onInvalid: (record) => expect.fail(JSON.stringify(record)),
    onError: () => {},
  });
  try {
    const time = new Date().toISOString();
    await service.send(flight(10, 'JFK', { time }), flight(-4, 'SFO', { time }));
    const whole = { bucket: minuteOf(time).toISOString(), count: 2, sum: 6, min: -4, max: 10 };
    await vi.waitFor(() => expect(updates.at(-1)?.data.minutes).toEqual([whole]), patience);
    expect(updates.at(-1)).toMatchObject({
      type: 'tributary.metric.updated',
      source: '/analytics',
      workspace: alice.workspace,
      data: { metricId, aggregation: 'AVERAGE', unit: 'min' },
    });

    const now = Date.now();
    const minutes = Array.from(
      { length: 150 },
      (_, index) => new Date(now - (index + 1) * minuteMilliseconds),
    );
    // One subject: one partition, so one transaction.
    await service.send(
      ...minutes.map((at) => flight(1, 'JFK', { time: at.toISOString(), subject: 'one' })),
    );
    await vi.waitFor(() => expect(updates.at(-1)?.data.minutes).toHaveLength(120), patience);
    const buckets = updates.at(-1)?.data.minutes.map(({ bucket }) => bucket);
    expect(buckets).toEqual(
      minutes
        .slice(0, 120)
        .map((at) => minuteOf(at).toISOString())
        .reverse(),
    );

    await service.subgraph.query(alice, deleteMetricDocument, { input: { id: metricId } });
    await vi.waitFor(
      () => expect(updates.at(-1)?.data).toMatchObject({ minutes: [], isRemoved: true }),
      patience,
    );
  } finally {
    await consumer.stop();
  }
});

test('while the Redis that fans out is away, events are stored and dashboards hear of them later', async () => {
  await using own = await startAnalytics();
  const alice = person();
  const sourceId = randomUUID();
  const metricId = await createMetric(own.subgraph, alice, { sourceId });
  const widgets = [{ title: 'All', kind: 'NUMBER', metricId }];
  const dashboard = await createDashboard(own.subgraph, alice, widgets);
  await own.redis.stop();
  const event = () => processedEvent({ workspace: alice.workspace, sourceid: sourceId });
  await own.send(event());
  await vi.waitFor(
    async () => expect(await own.counter('widget_updates_failed_total')).toBeGreaterThan(0),
    patience,
  );
  await own.send(event());
  await own.stored(2);
  const { data } = await own.subgraph.query(
    alice,
    'query ($id: ID!) { metric(id: $id) { value } }',
    {
      id: metricId,
    },
  );
  expect(data.metric.value).toBe(2);

  await own.redis.restart();
  // Listeners may be back later than the service is: they find what they missed with the channel.
  await vi.waitFor(
    async () => expect((await own.kept(alice, dashboard.id))?.value).toBe(2),
    patience,
  );
});
