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
/** Some of these days still have the minutes of groups, some have none any more. */
const start = Math.floor(Date.now() / day) * day - 9 * day;
const iso = (time: number) => new Date(time).toISOString();

interface Flight {
  time: number;
  delay: number;
  origin: string;
  carrier?: string;
}

/** A person whose source had these flights, and a sum of their delays by origin and carrier. */
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
    dimensions: ['origin', 'carrier'],
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
  where: readonly object[] = [],
) {
  return service.subgraph.query(
    principal,
    `query ($id: ID!, $from: DateTime!, $to: DateTime!, $where: [DimensionFilterInput!]) {
       metric(id: $id) { range(from: $from, to: $to, where: $where) { ${fields} } } }`,
    { id, from: iso(range.from), to: iso(range.to), where },
  );
}

const flights = Array.from({ length: 400 }, (_, index) => ({
  time: start + ((index * 7_919) % (5 * 24 * 60)) * minute + (index % 60) * 1_000,
  delay: (index * 31) % 97,
  origin: `A${index % 5}`,
  ...(index % 11 > 0 && { carrier: `C${index % 3}` }),
}));

const minutes = fc.record({
  offset: fc.integer({ min: -60, max: 7_300 }),
  length: fc.integer({ min: 1, max: 7_300 }),
});
const some = (values: string[]) => fc.option(fc.subarray(values, { minLength: 1 }), { nil: null });

test('any range gives what its events add up to, by whichever dimensions it is broken down and filtered, however it lies over hours and days', async () => {
  const { alice, id } = await createHistory(flights);
  const total = (few: readonly Flight[]) => few.reduce((sum, { delay }) => sum + delay, 0);
  const by = (keysOf: (flight: Flight) => string[], few: readonly Flight[]) =>
    [...Map.groupBy(few, (flight) => keysOf(flight).join(' · '))]
      .map(([key, alike]) => ({ key, value: total(alike) }))
      .toSorted((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1));
  await fc.assert(
    fc.asyncProperty(
      minutes,
      some(['A1', 'A4', 'nowhere']),
      some(['C0', 'C2', '(none)']),
      async ({ offset, length }, origins, carriers) => {
        const range = { from: start + offset * minute, to: start + (offset + length) * minute };
        const where = [
          ...(origins ? [{ dimension: 'origin', in: origins }] : []),
          ...(carriers ? [{ dimension: 'carrier', in: carriers }] : []),
        ];
        const within = (shift: number) =>
          flights.filter(
            ({ time, origin, carrier = '(none)' }) =>
              time >= range.from - shift &&
              time < range.to - shift &&
              (origins?.includes(origin) ?? true) &&
              (carriers?.includes(carrier) ?? true),
          );
        const { data } = await readRange(
          alice,
          id,
          range,
          `value previous(daysBefore: 1) { value }
           first: top(limit: 100) { key value }
           second: top(limit: 100, by: ["carrier"]) { key value }
           both: top(limit: 100, by: ["carrier", "origin"]) { key value }`,
          where,
        );
        const expected = within(0);
        const earlier = within(day);
        expect(data.metric.range).toEqual({
          value: expected.length === 0 ? null : total(expected),
          previous: { value: earlier.length === 0 ? null : total(earlier) },
          first: by(({ origin }) => [origin], expected),
          second: by(({ carrier = '(none)' }) => [carrier], expected),
          both: by(({ origin, carrier = '(none)' }) => [carrier, origin], expected),
        });
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
      [{ dimension: 'origin', in: ['A2', 'A3'] }],
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

test.each(['0001-01-02T00:00:00Z', '0001-01-01T00:30:00Z', '1969-12-31T12:30:00Z'])(
  'a range before all events is empty, however far back it lies: from %s',
  async (begin) => {
    const { alice, id } = await createHistory([]);
    const from = Date.parse(begin);
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
  },
);

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

test.each([
  ['top(by: ["delay"]) { key }', [], /^by.0: “delay” is not a dimension.*one of origin, carrier/],
  ['top(by: ["origin", "origin"]) { key }', [], /^by: must name each dimension once/],
  ['value', [{ dimension: 'city', in: ['x'] }], /^where.0.dimension: “city” is not a dimension/],
  ['value', [{ dimension: 'origin', in: ['\u0000'] }], /^where.0.in.0: must be text/],
])('%s with filters %j is refused by what is wrong', async (fields, where, message) => {
  const { alice, id } = await createHistory([]);
  const range = { from: start, to: start + day };
  const { errors } = await readRange(alice, id, range, fields, where);
  expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  expect(errors?.[0]?.message).toMatch(message);
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
