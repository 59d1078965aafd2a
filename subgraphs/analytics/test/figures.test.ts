import { randomUUID } from 'node:crypto';
import { person } from '@tributary/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type AnalyticsService, patience, startAnalytics } from './analytics-service.ts';
import { askEntities, createDashboard, createMetric } from './documents.ts';
import { createHistory, readMetric } from './history.ts';
import { processedEvent } from './processed-event.ts';

let service: AnalyticsService;
beforeAll(async () => {
  service = await startAnalytics();
});
afterAll(() => service[Symbol.asyncDispose]());

const minute = 60_000;
const bucket = (time: number, step = minute) =>
  new Date(Math.floor(time / step) * step).toISOString();

test.each([
  ['COUNT', 4, { field: null }],
  ['SUM', 40, {}],
  ['AVERAGE', 10, {}],
  ['MINIMUM', -6, {}],
  ['MAXIMUM', 26, {}],
  ['SHARE', 0.5, { field: null, condition: { field: 'delay', operator: 'GREATER', value: 15 } }],
  ['DISTINCT', 4, {}],
])('the value of a %s is that of the window', async (aggregation, expected, input) => {
  const { alice, metric } = await createHistory(service, [
    { minutesAgo: 0, delay: 26 },
    { minutesAgo: 1, delay: -6 },
    { minutesAgo: 5, delay: 4 },
    { minutesAgo: 8, delay: 16 },
    { minutesAgo: 30, delay: 1_000 },
  ]);
  const id = await metric({ aggregation, ...input });
  expect((await readMetric(service, alice, id, 'value(windowMinutes: 15)')).value).toBe(expected);
});

test('long windows give the same as the minutes they consist of, to the minute', async () => {
  const now = Date.now();
  // Flights of eight days; a minute apart from the ends of the windows asked for.
  const minutes = [0, 58, 61, 178, 181, 1_000, 1_438, 1_441, 5_000, 10_078, 10_081, 11_000];
  const flights = minutes.map((minutesAgo, index) => ({ minutesAgo, delay: 2 ** index }));
  const { alice, metric } = await createHistory(service, flights, now);
  const id = await metric({ aggregation: 'SUM', dimensions: ['origin'] });
  const windows = [60, 180, 1_440, 10_080];
  const fields = windows.map(
    (window) =>
      `value${window}: value(windowMinutes: ${window}) top${window}: top(windowMinutes: ${window}) { key value count }`,
  );
  const found = await readMetric(service, alice, id, fields.join(' '));
  for (const window of windows) {
    const inside = flights.filter(({ minutesAgo }) => minutesAgo < window);
    const value = inside.reduce((sum, { delay }) => sum + delay, 0);
    expect(found[`value${window}`]).toBe(value);
    expect(found[`top${window}`]).toEqual([{ key: 'JFK', value, count: inside.length }]);
  }
});

test('a series has a point per step that had events, oldest first', async () => {
  const now = Date.now();
  const { alice, metric } = await createHistory(
    service,
    [
      { minutesAgo: 3, delay: 10 },
      { minutesAgo: 130, delay: 6 },
      { minutesAgo: 3, delay: 20 },
      { minutesAgo: 200, delay: 9 },
    ],
    now,
  );
  const id = await metric({ aggregation: 'AVERAGE' });
  const { minutes, hours } = await readMetric(
    service,
    alice,
    id,
    `minutes: series(windowMinutes: 180) { at value count }
     hours: series(windowMinutes: 300, step: HOUR) { at value count }`,
  );
  const point = (minutesAgo: number, step: number, value: number, count: number) => ({
    at: bucket(now - minutesAgo * minute, step),
    value,
    count,
  });
  const toIso = ({ at, ...rest }: { at: string }) => ({ at: new Date(at).toISOString(), ...rest });
  expect(minutes.map(toIso)).toEqual([point(130, minute, 6, 1), point(3, minute, 15, 2)]);
  // 200 and 130 minutes ago may be the same hour.
  const hour = 60 * minute;
  const together = bucket(now - 200 * minute, hour) === bucket(now - 130 * minute, hour);
  const earlier = together
    ? [point(130, hour, 7.5, 2)]
    : [point(200, hour, 9, 1), point(130, hour, 6, 1)];
  expect(hours.map(toIso)).toEqual([...earlier, point(3, hour, 15, 2)]);
});

test('the top groups come highest first, equal ones by key, and those with too few events not at all', async () => {
  const { alice, metric } = await createHistory(
    service,
    [
      ['SFO', 5],
      ['SFO', 7],
      ['ATL', 6],
      ['ATL', 6],
      ['JFK', 90],
      ['LAX', 1],
      ['LAX', 1],
      ['BOS', 0],
      ['BOS', 2],
    ].map(([origin, delay]) => ({
      minutesAgo: 0,
      origin: String(origin),
      delay: Number(delay),
    })),
  );
  const id = await metric({ aggregation: 'AVERAGE', dimensions: ['origin'] });
  const flat = await metric({ aggregation: 'AVERAGE' });
  expect(
    (await readMetric(service, alice, id, 'top(limit: 3, minimumCount: 2) { key value count }'))
      .top,
  ).toEqual([
    { key: 'ATL', value: 6, count: 2 },
    { key: 'SFO', value: 6, count: 2 },
    { key: 'BOS', value: 1, count: 2 },
  ]);
  expect((await readMetric(service, alice, id, 'top(limit: 1) { key }')).top).toEqual([
    { key: 'JFK' },
  ]);
  expect((await readMetric(service, alice, flat, 'top { key }')).top).toEqual([]);
});

test('each kind of widget shows its own: points, groups or the value', async () => {
  const { alice, metric, sourceId } = await createHistory(service, [{ minutesAgo: 2, delay: 8 }]);
  const metricId = await metric({ aggregation: 'AVERAGE', dimensions: ['origin'] });
  const kinds = ['TIME_SERIES', 'BAR', 'NUMBER', 'TABLE'];
  const { id } = await createDashboard(
    service.subgraph,
    alice,
    kinds.map((kind) => ({ title: kind, kind, metricId })),
  );
  const { data } = await service.subgraph.query(
    alice,
    `query ($id: ID!) { dashboard(id: $id) { widgets {
      kind windowMinutes step limit minimumCount metric { source { id } }
      data { points { value } groups { key } value freshness { state acceptedAt computedAt lagMilliseconds } }
    } } }`,
    { id },
  );
  const defaults = { windowMinutes: 60, step: 'MINUTE', limit: 10, minimumCount: 1 };
  expect(data.dashboard.widgets).toMatchObject(
    kinds.map((kind) => ({
      ...defaults,
      kind,
      metric: { source: { id: sourceId } },
      data: {
        points: kind === 'TIME_SERIES' ? [{ value: 8 }] : [],
        groups: kind === 'BAR' || kind === 'TABLE' ? [{ key: 'JFK' }] : [],
        value: 8,
        freshness: { state: 'LIVE', lagMilliseconds: expect.any(Number) },
      },
    })),
  );
});

test('a widget shows the groups it was asked for, by the dimensions it was asked for', async () => {
  const { alice, metric } = await createHistory(service, [
    { minutesAgo: 2, delay: 8, origin: 'JFK' },
    { minutesAgo: 2, delay: 6, origin: 'LAX' },
    { minutesAgo: 3, delay: 6, origin: 'LAX' },
  ]);
  const metricId = await metric({ aggregation: 'SUM', dimensions: ['origin', 'delay'] });
  const where = [{ dimension: 'origin', in: ['LAX'] }];
  const widgets = [{}, { by: ['delay', 'origin'] }, { by: ['delay'], where }];
  const { id } = await createDashboard(
    service.subgraph,
    alice,
    widgets.map((widget) => ({ title: 'Delays', kind: 'TABLE', metricId, ...widget })),
  );
  const { data } = await service.subgraph.query(
    alice,
    `query ($id: ID!) { dashboard(id: $id) { widgets {
      by where { dimension in } data { value groups { key keys value } }
    } } }`,
    { id },
  );
  const group = (value: number, ...keys: string[]) => ({ key: keys.join(' · '), keys, value });
  expect(data.dashboard.widgets).toEqual([
    { by: ['origin'], where: [], data: { value: 20, groups: [group(12, 'LAX'), group(8, 'JFK')] } },
    {
      by: ['delay', 'origin'],
      where: [],
      data: { value: 20, groups: [group(12, '6', 'LAX'), group(8, '8', 'JFK')] },
    },
    { by: ['delay'], where, data: { value: 12, groups: [group(12, '6')] } },
  ]);
});

test('a metric without events in its window has no value, no points and no groups', async () => {
  const { alice, metric } = await createHistory(service, [{ minutesAgo: 90, delay: 8 }]);
  const id = await metric({ aggregation: 'SUM', dimensions: ['origin'] });
  expect(await readMetric(service, alice, id, 'value series { value } top { key }')).toEqual({
    value: null,
    series: [],
    top: [],
  });
});

test('a source shows the events accepted in the last full minute, and stalls a minute after the newest', async () => {
  const alice = person();
  const of = { workspace: alice.workspace };
  const [busy, silent, empty] = [randomUUID(), randomUUID(), randomUUID()];
  const now = Date.now();
  const lastMinute = Math.floor(now / minute) * minute - 1;
  const accepted = (sourceid: string, at: number) =>
    processedEvent({ ...of, sourceid, acceptedat: new Date(at).toISOString() });
  await service.send(
    accepted(busy, lastMinute),
    accepted(busy, lastMinute - 30_000),
    accepted(busy, now),
    accepted(silent, now - 10 * minute),
  );
  const ask = async () => {
    const { data, errors } = await askEntities(
      service.subgraph,
      alice,
      '... on Source { eventsLastMinute freshness { state acceptedAt lagMilliseconds } }',
      [busy, silent, empty].map((id) => ({ __typename: 'Source', id })),
    );
    expect(errors).toBeUndefined();
    return data._entities;
  };
  await vi.waitFor(async () => {
    const [first, second, third] = await ask();
    // When the minute has ended meanwhile, the last full one has the one event of `now`.
    const sameMinute = Math.floor(Date.now() / minute) * minute - 1 === lastMinute;
    // Events of one source lie in several partitions, so that the newest may be stored first.
    expect(first.eventsLastMinute).toBe(sameMinute ? 2 : 1);
    expect(first.freshness).toMatchObject({ state: 'LIVE' });
    expect(new Date(first.freshness.acceptedAt).getTime()).toBe(now);
    expect(second).toMatchObject({ eventsLastMinute: 0, freshness: { state: 'STALLED' } });
    expect(second.freshness.lagMilliseconds).toBeGreaterThanOrEqual(10 * minute);
    expect(third).toEqual({
      eventsLastMinute: 0,
      freshness: { state: 'EMPTY', acceptedAt: null, lagMilliseconds: null },
    });
  }, patience);
});

test.each([
  ['value(windowMinutes: 0)', 'windowMinutes'],
  ['value(windowMinutes: 10081)', 'windowMinutes'],
  ['series(windowMinutes: -1) { value }', 'windowMinutes'],
  ['top(limit: 101) { key }', 'limit'],
  ['top(minimumCount: 0) { key }', 'minimumCount'],
])('%s is refused with the argument’s name', async (field, argument) => {
  const alice = person();
  const id = await createMetric(service.subgraph, alice, {});
  const { errors } = await service.subgraph.query(
    alice,
    `query ($id: ID!) { metric(id: $id) { ${field} } }`,
    { id },
  );
  expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: [argument] } }]);
});
