import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AnalyticsService, startAnalytics } from './analytics-service.ts';
import { createHistory, readMetric } from './history.ts';

let service: AnalyticsService;
beforeAll(async () => {
  service = await startAnalytics();
});
afterAll(() => service[Symbol.asyncDispose]());

test('a percentile is that of the window within 1%', async () => {
  const flights = Array.from({ length: 200 }, (_, index) => ({
    minutesAgo: index % 60,
    delay: index,
  }));
  const { alice, metric } = await createHistory(service, flights);
  const id = await metric({ aggregation: 'PERCENTILE', percentile: 95 });
  const { value, top } = await readMetric(
    service,
    alice,
    id,
    'value(windowMinutes: 120) top { value }',
  );
  expect(value).toBeGreaterThan(189 * 0.99);
  expect(value).toBeLessThan(189 * 1.01);
  expect(top).toEqual([]);
});

test('groups of a percentile or of a distinct count are ranked by it', async () => {
  const flights = ['JFK', 'LAX', 'SEA', 'BOS'].flatMap((origin, place) =>
    Array.from({ length: 10 }, (_, index) => ({
      minutesAgo: index,
      origin,
      // Boston's are all alike; the others differ the more the later they come.
      delay: origin === 'BOS' ? 1_000 : (index % (place + 2)) * 100,
    })),
  );
  const { alice, metric } = await createHistory(service, flights);
  const ranked = 'top(windowMinutes: 60, limit: 3) { key value count }';
  const distinct = await metric({ aggregation: 'DISTINCT', dimensions: ['origin'] });
  expect((await readMetric(service, alice, distinct, ranked)).top).toEqual([
    { key: 'SEA', value: 4, count: 10 },
    { key: 'LAX', value: 3, count: 10 },
    { key: 'JFK', value: 2, count: 10 },
  ]);
  const highest = await metric({
    aggregation: 'PERCENTILE',
    percentile: 100,
    dimensions: ['origin'],
  });
  const { top } = await readMetric(service, alice, highest, ranked);
  expect(top.map(({ key }: { key: string }) => key)).toEqual(['BOS', 'SEA', 'LAX']);
});

test('only events that pass every filter count', async () => {
  const { alice, metric } = await createHistory(service, [
    { minutesAgo: 0, delay: 26 },
    { minutesAgo: 1, delay: -6 },
    { minutesAgo: 5, delay: 4, origin: 'LAX' },
    { minutesAgo: 8, delay: 16, origin: 'LAX' },
  ]);
  const count = async (...filters: object[]) => {
    const id = await metric({ aggregation: 'COUNT', field: null, filters });
    return (await readMetric(service, alice, id, 'value')).value;
  };
  expect(await count({ field: 'origin', in: ['LAX'] })).toBe(2);
  expect(await count({ field: 'origin', notIn: ['LAX'] }, { field: 'delay', below: 0 })).toBe(1);
  expect(await count({ field: 'delay', atLeast: 4, below: 26 })).toBe(2);
  expect(await count({ field: 'carrier', notIn: ['AA'] })).toBeNull();
});
