import { createHash, randomUUID } from 'node:crypto';
import type { EventProcessed } from '@tributary/events';
import { createSketch, sketchedFigureOf } from '@tributary/sketches';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import type { EventFilter } from '../src/rollups/event-filter.ts';
import type { NewMetric } from '../src/stores/metric-store.ts';
import { createBatchStoreOnTestDatabase, newMetric } from './batch-store.ts';
import { processedEvent } from './processed-event.ts';

/** Numbers whose sums are exact in any order, and what is no number to count. */
const measured = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -4_000, max: 4_000 }).map((quarters) => quarters / 4) },
  { weight: 1, arbitrary: fc.constantFrom('12', null, true, [1], { a: 1 }, 1e300, -1e300, -0) },
);
/** Values of a dimension, each with the group it is to be in. */
const members = [
  ['JFK', 'JFK'],
  ['', ''],
  ['🛫'.repeat(201), '🛫'.repeat(200)],
  [true, 'true'],
  [7, '7'],
  [-0, '0'],
  [0.5, '0.5'],
  [1e21, '1000000000000000000000'],
  [1e-7, '0.0000001'],
  [1e250, `1${'0'.repeat(199)}`],
  [null, '(none)'],
  [['JFK'], '(none)'],
  [{ code: 'JFK' }, '(none)'],
] as const;
const groups = new Map<unknown, string>([...members, ['AA', 'AA'], ['UA', 'UA'], [false, 'false']]);

/** From here on minutes of groups are kept; some events come before, some after. */
const keptFrom = Math.floor(Date.now() / 86_400_000) * 86_400_000 - 8 * 86_400_000;
const start = keptFrom - 2 * 3_600_000;
const event = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  time: fc.integer({ min: 0, max: 40 }).map((step) => new Date(start + step * 437_123)),
  type: fc.constantFrom('flight.departed', 'flight.departed', 'flight.landed'),
  delay: fc.option(measured, { nil: undefined }),
  origin: fc.option(fc.constantFrom(...members.map(([value]) => value)), { nil: undefined }),
  carrier: fc.constantFrom('AA', 'UA', '', undefined),
  diverted: fc.constantFrom(true, false),
});
type Sketch = typeof event extends fc.Arbitrary<infer Value> ? Value : never;

const texts = fc.subarray(['JFK', '', 'true', '0', '12'], { minLength: 1 });
const filter: fc.Arbitrary<EventFilter> = fc.oneof(
  texts.map((wanted) => ({ field: 'origin', in: wanted })),
  texts.map((unwanted) => ({ field: 'origin', notIn: unwanted })),
  texts.map((unwanted) => ({ field: 'delay', notIn: unwanted })),
  fc.constantFrom(-100, 0).map((atLeast) => ({ field: 'delay', atLeast })),
  fc.constantFrom(0.5, 1e290).map((below) => ({ field: 'delay', atLeast: -500, below })),
  fc.constant<EventFilter>({ field: 'nowhere', notIn: ['JFK'] }),
);

const definition = fc.record({
  aggregation: fc.constantFrom(
    'COUNT',
    'SUM',
    'AVERAGE',
    'MINIMUM',
    'MAXIMUM',
    'SHARE',
    'PERCENTILE',
    'DISTINCT',
  ),
  operator: fc.constantFrom('GREATER', 'GREATER_OR_EQUAL', 'LESS', 'LESS_OR_EQUAL', 'EQUAL'),
  threshold: fc.constantFrom(0, 15, -3.25, 1e299),
  dimensions: fc.shuffledSubarray(['origin', 'carrier', 'diverted'] as const),
  percentile: fc.constantFrom(50, 95, 100),
  filters: fc.array(filter, { maxLength: 2 }),
  // Created at the same time as this batch is stored, or before all, or after all.
  at: fc.integer({ min: -1, max: 6 }),
  // Counted again while a later batch is stored.
  rebuiltAt: fc.option(fc.integer({ min: 0, max: 6 })),
});
type Definition = typeof definition extends fc.Arbitrary<infer Value> ? Value : never;

test('rollups equal a direct computation, however events repeat, are mixed and split, and whenever the metric came or was rebuilt', async () => {
  await using store = await createBatchStoreOnTestDatabase();
  const batches = fc.array(fc.array(event, { maxLength: 25 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(
      batches,
      fc.array(definition, { minLength: 1, maxLength: 4 }),
      async (sketches, definitions) => {
        const workspace = randomUUID();
        const sourceid = randomUUID();
        const events = sketches.map((batch) =>
          batch.map((sketch) => toEvent(sketch, { workspace, sourceid })),
        );
        const metrics = definitions.map((given) => toMetric(given, sourceid));
        const create = (at: number) =>
          metrics
            .filter((_, index) => Math.min(definitions[index]?.at ?? 0, events.length) === at)
            .map((metric) => store.createMetric(workspace, metric));
        const rebuild = (at: number) =>
          metrics
            .filter((_, index) => {
              const { rebuiltAt = null, at: createdAt = 0 } = definitions[index] ?? {};
              return rebuiltAt === at && createdAt < at;
            })
            .map(({ id }) => store.rebuildMetric(workspace, id));

        await Promise.all(create(-1));
        for (const [index, records] of events.entries()) {
          const batch = store.storeBatch({ records, advances: [] });
          await Promise.all([batch, ...create(index), ...rebuild(index)]);
        }
        await Promise.all(create(events.length));

        for (const [index, metric] of metrics.entries()) {
          const given = definitions[index] ?? expect.fail();
          for (const [table, step] of [
            ['rollup_minute', 60_000],
            ['rollup_hour', 3_600_000],
            ['rollup_day', 86_400_000],
          ] as const) {
            expect(await readRollup(store.pool, table, metric.id)).toEqual(
              computeDirectly(sketches.flat(), given, step),
            );
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});

function toEvent(
  { id, type, time, ...data }: Sketch,
  of: { workspace: string; sourceid: string },
): EventProcessed {
  return processedEvent({ ...of, id, type, time: time.toISOString(), data });
}

function toMetric(
  { aggregation, operator, threshold, dimensions, percentile, filters }: Definition,
  sourceId: string,
): NewMetric {
  const isShare = aggregation === 'SHARE';
  return newMetric({
    id: randomUUID(),
    sourceId,
    aggregation,
    field: isShare || aggregation === 'COUNT' ? null : 'delay',
    conditionField: isShare ? 'delay' : null,
    conditionOperator: isShare ? operator : null,
    conditionValue: isShare ? threshold : null,
    dimensions,
    percentile: aggregation === 'PERCENTILE' ? percentile : null,
    filters,
  });
}

type Totals = { count: number; sum: number; min: number; max: number; sketch: string | null };

/** The rule once more, in the plainest way: distinct events, then their values by step and group of each breakdown. */
function computeDirectly(
  sketches: readonly Sketch[],
  given: Definition,
  step: number,
): Record<string, Totals> {
  const distinct = new Map(
    sketches.toReversed().map((sketch) => [`${sketch.id} ${sketch.time.getTime()}`, sketch]),
  );
  const values: Record<string, number[]> = {};
  const seen: Record<string, unknown[]> = {};
  for (const { type, time, ...data } of distinct.values()) {
    const value = passesAll(given, data) ? countedValue(given, data.delay) : undefined;
    if (type !== 'flight.departed' || value === undefined) continue;
    const bucket = new Date(time.getTime() - (time.getTime() % step)).toISOString();
    const group = given.dimensions.map((field) => groups.get(data[field]) ?? '(none)');
    for (const told of subsetsOf(given.dimensions.length)) {
      if (step === 60_000 && told.includes(true) && time.getTime() < keptFrom) continue;
      const key = rowKey(bucket, told, group);
      values[key] = [...(values[key] ?? []), value];
      seen[key] = [...(seen[key] ?? []), data.delay];
    }
  }
  return Object.fromEntries(
    Object.entries(values).map(([key, numbers]) => [
      key,
      {
        count: numbers.length,
        sum: numbers.reduce((sum, number) => sum + number, 0),
        min: Math.min(...numbers) + 0,
        max: Math.max(...numbers) + 0,
        sketch: sketchOf(given, seen[key] ?? []),
      },
    ]),
  );
}

/** Every choice of dimensions, by whether each is told apart. */
function subsetsOf(length: number): boolean[][] {
  if (length === 0) return [[]];
  return subsetsOf(length - 1).flatMap((told) => [
    [...told, false],
    [...told, true],
  ]);
}

/** A row by its step and what of its group is told apart, e.g. "… 5 AA||true". */
function rowKey(bucket: string, told: readonly boolean[], group: readonly string[]): string {
  const breakdown = told.reduce((sum, is, place) => sum + (is ? 2 ** place : 0), 0);
  const shown = [0, 1, 2].map((place) => (told[place] ? group[place] : ''));
  return `${bucket} ${breakdown} ${shown.join('|')}`;
}

/** The rule once more; "-0" is 0 in JSON, and no text of these is longer than its digits. */
function passesAll({ filters }: Definition, data: Readonly<Record<string, unknown>>): boolean {
  return filters.every(({ field, in: wanted, notIn: unwanted, atLeast, below }) => {
    const value = data[field];
    const isScalar = ['string', 'number', 'boolean'].includes(typeof value);
    const text = groups.get(value) ?? String(value);
    if (wanted) return isScalar && wanted.includes(text);
    if (unwanted) return isScalar && !unwanted.includes(text);
    if (typeof value !== 'number') return false;
    return (atLeast === undefined || value >= atLeast) && (below === undefined || value < below);
  });
}

function sketchOf(
  { aggregation, percentile }: Definition,
  values: readonly unknown[],
): string | null {
  const figure = sketchedFigureOf({ aggregation, percentile });
  if (!figure) return null;
  const sketch = createSketch(figure);
  for (const value of values) {
    sketch.add(figure.kind === 'distinct' ? textOf(value) : Number(value));
  }
  return createHash('sha256').update(sketch.toBytes()).digest('hex');
}

/** As it stands in JSON, without an exponent. */
function textOf(value: unknown): string {
  if (typeof value !== 'number') return String(value);
  // The one number here that JavaScript would write with an exponent.
  return Math.abs(value) === 1e300
    ? `${value < 0 ? '-' : ''}1${'0'.repeat(300)}`
    : JSON.stringify(value);
}

function countedValue({ aggregation, operator, threshold }: Definition, delay: unknown) {
  if (aggregation === 'COUNT') return 1;
  if (aggregation === 'DISTINCT') {
    return ['string', 'number', 'boolean'].includes(typeof delay) ? 1 : undefined;
  }
  if (typeof delay !== 'number') return undefined;
  if (aggregation !== 'SHARE') return Math.abs(delay) > 1e299 ? undefined : delay;
  const hits = {
    GREATER: delay > threshold,
    GREATER_OR_EQUAL: delay >= threshold,
    LESS: delay < threshold,
    LESS_OR_EQUAL: delay <= threshold,
    EQUAL: delay === threshold,
  };
  return hits[operator] ? 1 : 0;
}

async function readRollup(
  pool: Pool,
  table: 'rollup_minute' | 'rollup_hour' | 'rollup_day',
  metricId: string,
): Promise<Record<string, Totals>> {
  const { rows } = await pool.query<Totals & { bucket: Date; shown: string }>(
    `SELECT bucket, concat(breakdown, ' ', concat_ws('|', group_1, group_2, group_3)) AS shown, count::int, sum + 0 AS sum, min + 0 AS min, max + 0 AS max, encode(sha256(sketch), 'hex') AS sketch FROM ${table} WHERE metric_id = $1`,
    [metricId],
  );
  return Object.fromEntries(
    rows.map(({ bucket, shown, ...totals }) => [`${bucket.toISOString()} ${shown}`, totals]),
  );
}
