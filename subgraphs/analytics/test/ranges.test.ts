import { randomUUID } from 'node:crypto';
import type { UserPrincipal } from '@tributary/chassis';
import { person } from '@tributary/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type AnalyticsService, patience, startAnalytics } from './analytics-service.ts';
import { createMetric } from './documents.ts';
import { processedEvent } from './processed-event.ts';

let service: AnalyticsService;
beforeAll(async () => {
  service = await startAnalytics();
});
afterAll(() => service[Symbol.asyncDispose]());

const minute = 60_000;
const day = 24 * 60 * minute;
const start = Date.UTC(2026, 9, 30);
const iso = (time: number) => new Date(time).toISOString();

interface Flight {
  time: number;
  delay: number;
  origin: string;
}

/** A person whose source had these flights, and a sum of their delays by origin. */
async function createHistory(flights: readonly Flight[]) {
  const alice = person();
  const sourceId = randomUUID();
  const events = flights.map(({ time, ...data }) =>
    processedEvent({ workspace: alice.workspace, sourceid: sourceId, time: iso(time), data }),
  );
  const id = await createMetric(service.subgraph, alice, {
    sourceId,
    field: 'delay',
    aggregation: 'SUM',
    dimension: 'origin',
  });
  await service.send(...events);
  await vi.waitFor(async () => {
    const { rows } = await service.database.pool.query(
      'SELECT count(*)::int AS count FROM event WHERE source_id = $1',
      [sourceId],
    );
    expect(rows).toEqual([{ count: flights.length }]);
  }, patience);
  return { alice, id };
}

async function readRange(
  principal: UserPrincipal,
  id: string,
  range: { from: number; to: number },
  fields: string,
) {
  return service.subgraph.query(
    principal,
    `query ($id: ID!, $from: DateTime!, $to: DateTime!) {
       metric(id: $id) { range(from: $from, to: $to) { ${fields} } } }`,
    { id, from: iso(range.from), to: iso(range.to) },
  );
}

const flights = Array.from({ length: 400 }, (_, index) => ({
  time: start + ((index * 7_919) % (5 * 24 * 60)) * minute + (index % 60) * 1_000,
  delay: (index * 31) % 97,
  origin: `A${index % 5}`,
}));

test('any range of whole minutes gives what its events add up to, however it lies over hours and days', async () => {
  const { alice, id } = await createHistory(flights);
  const within = ({ from, to }: { from: number; to: number }) =>
    flights.filter(({ time }) => time >= from && time < to);
  const total = (some: readonly Flight[]) => some.reduce((sum, { delay }) => sum + delay, 0);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: -60, max: 7_300 }),
      fc.integer({ min: 1, max: 7_300 }),
      async (offset, length) => {
        const range = { from: start + offset * minute, to: start + (offset + length) * minute };
        const { data } = await readRange(alice, id, range, 'value top(limit: 10) { key value }');
        const expected = within(range);
        expect(data.metric.range.value).toBe(expected.length === 0 ? null : total(expected));
        const byOrigin = Map.groupBy(expected, ({ origin }) => origin);
        const top = [...byOrigin].map(([key, some]) => ({ key, value: total(some) }));
        expect(data.metric.range.top).toEqual(
          top.toSorted((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1)),
        );
      },
    ),
    { numRuns: 60 },
  );
});

test('points come by minute, hour or day and add up to the range', async () => {
  const { alice, id } = await createHistory(flights);
  const range = { from: start, to: start + 2 * day };
  for (const step of ['MINUTE', 'HOUR', 'DAY']) {
    const { data } = await readRange(
      alice,
      id,
      range,
      `value points(step: ${step}) { at value count }`,
    );
    const points: { at: string; value: number }[] = data.metric.range.points;
    expect(points.reduce((sum, { value }) => sum + value, 0)).toBe(data.metric.range.value);
    if (step === 'DAY') {
      expect(points.map(({ at }) => at)).toEqual([iso(start), iso(start + day)]);
    }
  }
});

test('a range compares with the one right before it, and with the same some days earlier', async () => {
  const { alice, id } = await createHistory([
    { time: start + 10 * minute, delay: 1, origin: 'A' },
    { time: start + day + 10 * minute, delay: 20, origin: 'A' },
    { time: start + 8 * day + 10 * minute, delay: 300, origin: 'A' },
    { time: start + 8 * day + 70 * minute, delay: 4_000, origin: 'A' },
  ]);
  const range = { from: start + 8 * day + 60 * minute, to: start + 8 * day + 120 * minute };
  const { data } = await readRange(
    alice,
    id,
    range,
    'value previous { from to value } week: previous(daysBefore: 7) { from value }',
  );
  expect(data.metric.range).toEqual({
    value: 4_000,
    previous: { from: iso(range.from - 60 * minute), to: iso(range.from), value: 300 },
    week: { from: iso(range.from - 7 * day), value: null },
  });
});

test('a range before all events is empty, however far back it lies', async () => {
  const { alice, id } = await createHistory([]);
  const from = Date.parse('0001-01-02T00:00:00Z');
  const range = { from, to: from + day };
  const { data, errors } = await readRange(
    alice,
    id,
    range,
    'value points { at } top { key } previous(daysBefore: 3660) { value }',
  );
  expect(errors).toBeUndefined();
  expect(data.metric.range).toEqual({
    value: null,
    points: [],
    top: [],
    previous: { value: null },
  });
});

test.each([
  [{ from: start, to: start }, 'to'],
  [{ from: start + 1, to: start + minute }, 'from'],
  [{ from: start - 4_000 * day, to: start }, 'from'],
])('a range that makes no sense is refused by its argument', async (range, field) => {
  const { alice, id } = await createHistory([]);
  const { errors } = await readRange(alice, id, range, 'value');
  expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  expect(errors?.[0]?.message).toMatch(new RegExp(`^${field}: `));
});

test('more points than anybody can look at are refused', async () => {
  const { alice, id } = await createHistory([]);
  const range = { from: start, to: start + 30 * day };
  const { errors } = await readRange(alice, id, range, 'points(step: MINUTE) { at }');
  expect(errors?.[0]?.message).toMatch(/^step: expected at most 5000 points/);
});

test('a metric that is rebuilt counts the stored events again, and nobody else’s can be', async () => {
  const { alice, id } = await createHistory(flights);
  const { pool } = service.database;
  const document =
    'mutation ($id: ID!) { rebuildMetric(input: { id: $id }) { metric { id } userErrors { code } } }';
  const range = { from: start, to: start + 5 * day };
  const before = await readRange(alice, id, range, 'value');
  for (const table of ['rollup_minute', 'rollup_hour', 'rollup_day']) {
    await pool.query(`UPDATE ${table} SET sum = sum + 1, count = count + 1 WHERE metric_id = $1`, [
      id,
    ]);
  }
  const stranger = await service.subgraph.query(person(), document, { id });
  expect(stranger.data.rebuildMetric.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  expect(await readRange(alice, id, range, 'value')).not.toEqual(before);
  const { data } = await service.subgraph.query(alice, document, { id });
  expect(data.rebuildMetric).toEqual({ metric: { id }, userErrors: [] });
  expect(await readRange(alice, id, range, 'value')).toEqual(before);
});
