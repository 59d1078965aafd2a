import { z } from 'zod';
import { mostDimensions } from '../rollups/breakdown.ts';
import { by, where } from './dimension-schemas.ts';

/** One line that PostgreSQL can hold: no control characters, no halves of a character. */
export const line = (longest: number) =>
  z
    .string()
    .max(longest, `must be at most ${longest} characters`)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must be one line without control characters');
const name = line(200).trim().min(1, 'must not be empty');
const unit = line(20);
const path = line(200).min(1, 'must not be empty');
const operator = z.enum(['GREATER', 'GREATER_OR_EQUAL', 'LESS', 'LESS_OR_EQUAL', 'EQUAL']);

/** A week. */
const longestWindow = 10_080;
export const windowMinutes = z
  .int()
  .min(1, 'must be at least 1 minute')
  .max(longestWindow, `must be at most ${longestWindow} minutes, a week`);
export const limit = z.int().min(1, 'must be at least 1').max(100, 'must be at most 100');
export const minimumCount = z.int().min(1, 'must be at least 1');
export const step = z.enum(['MINUTE', 'HOUR']);

const filterValues = z.array(line(200)).min(1, 'must name at least one').max(100).nullish();
/** GraphQL's null is no filter. */
const filter = z
  .object({
    field: path,
    in: filterValues,
    notIn: filterValues,
    atLeast: z.number().nullish(),
    below: z.number().nullish(),
  })
  .transform((given) => ({
    field: given.field,
    ...(given.in && { in: given.in }),
    ...(given.notIn && { notIn: given.notIn }),
    ...(typeof given.atLeast === 'number' && { atLeast: given.atLeast }),
    ...(typeof given.below === 'number' && { below: given.below }),
  }))
  .refine(
    (given) => Object.keys(given).length > 1,
    'must hold a condition: in, notIn, atLeast or below',
  );

export const createMetricSchema = z
  .object({
    name,
    unit: unit.nullish().transform((unit) => unit ?? ''),
    sourceId: z.uuid('must be the id of a source'),
    eventType: line(256).min(1, 'must not be empty'),
    aggregation: z.enum([
      'COUNT',
      'SUM',
      'AVERAGE',
      'MINIMUM',
      'MAXIMUM',
      'SHARE',
      'PERCENTILE',
      'DISTINCT',
    ]),
    field: path.nullish().transform((field) => field ?? null),
    condition: z
      .object({ field: path, operator, value: z.number() })
      .nullish()
      .transform((condition) => condition ?? null),
    percentile: z
      .number()
      .gt(0, 'must be above 0')
      .max(100, 'must be at most 100')
      .nullish()
      .transform((percentile) => percentile ?? null),
    filters: z
      .array(filter)
      .max(10, 'must be at most 10 filters')
      .nullish()
      .transform((filters) => filters ?? []),
    dimensions: z
      .array(path)
      .max(mostDimensions, `must be at most ${mostDimensions} dimensions`)
      .refine((names) => new Set(names).size === names.length, 'must name each dimension once')
      .nullish()
      .transform((dimensions) => dimensions ?? []),
  })
  .check(({ value, issues }) => {
    const { aggregation, field, condition, percentile } = value;
    const needsField = aggregation !== 'COUNT' && aggregation !== 'SHARE';
    const expect = (holds: boolean, at: string, message: string) => {
      if (!holds) issues.push({ code: 'custom', input: value, path: [at], message });
    };
    expect(!needsField || field !== null, 'field', `${aggregation} needs the number to aggregate`);
    expect(needsField || field === null, 'field', `${aggregation} takes no field`);
    expect(
      aggregation !== 'SHARE' || condition !== null,
      'condition',
      'SHARE needs the condition that makes a hit',
    );
    expect(
      aggregation === 'SHARE' || condition === null,
      'condition',
      `${aggregation} takes no condition`,
    );
    expect(
      aggregation !== 'PERCENTILE' || percentile !== null,
      'percentile',
      'PERCENTILE needs the percentile, e.g. 95',
    );
    expect(
      aggregation === 'PERCENTILE' || percentile === null,
      'percentile',
      `${aggregation} takes no percentile`,
    );
  });

export const changeMetricSchema = z.object({ name, unit: unit.nullish() });

export const mostWidgets = 50;

const widget = z.object({
  title: name,
  kind: z.enum(['TIME_SERIES', 'BAR', 'NUMBER', 'TABLE']),
  metricId: z.uuid('must be the id of a metric'),
  windowMinutes,
  step,
  limit,
  minimumCount,
  by,
  where,
});

export type GivenWidget = z.infer<typeof widget>;

export const createDashboardSchema = z.object({
  name,
  widgets: z.array(widget).max(mostWidgets, `must be at most ${mostWidgets} widgets`),
});
export const renameDashboardSchema = z.object({ name });
export const widgetSchema = z.object({ widget });
export const orderWidgetsSchema = z.object({
  widgetIds: z.array(z.uuid('must be the id of a widget')),
});
