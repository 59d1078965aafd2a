import { z } from 'zod';

const name = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(200, 'must be at most 200 characters');
const path = z.string().min(1, 'must not be empty').max(200, 'must be at most 200 characters');
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

export const createMetricSchema = z
  .object({
    name,
    unit: z
      .string()
      .max(20, 'must be at most 20 characters')
      .nullish()
      .transform((unit) => unit ?? ''),
    sourceId: z.uuid('must be the id of a source'),
    eventType: z.string().min(1, 'must not be empty').max(256, 'must be at most 256 characters'),
    aggregation: z.enum(['COUNT', 'SUM', 'AVERAGE', 'MINIMUM', 'MAXIMUM', 'SHARE']),
    field: path.nullish().transform((field) => field ?? null),
    condition: z
      .object({ field: path, operator, value: z.number() })
      .nullish()
      .transform((condition) => condition ?? null),
    dimension: path.nullish().transform((dimension) => dimension ?? null),
  })
  .check(({ value, issues }) => {
    const { aggregation, field, condition } = value;
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
  });

export const createDashboardSchema = z.object({
  name,
  widgets: z
    .array(
      z.object({
        title: name,
        kind: z.enum(['TIME_SERIES', 'BAR', 'NUMBER', 'TABLE']),
        metricId: z.uuid('must be the id of a metric'),
        windowMinutes,
        step,
        limit,
        minimumCount,
      }),
    )
    .max(50, 'must be at most 50 widgets'),
});
