import { z } from 'zod';
import type { Failure } from './failure.ts';
import type { EventData } from './field-path.ts';
import { findUnstorable } from './unstorable.ts';

/** What a stage makes of an event's data. */
export type StageResult =
  | { kind: 'passed'; data: EventData }
  | { kind: 'dropped' }
  | { kind: 'failed'; failure: Failure };

/** A compiled stage: pure, and never throwing on any data. */
export type Stage = (data: EventData) => StageResult;

const fieldName = z
  .string()
  .min(1, 'must name a field of data')
  .max(256)
  .refine((name) => !name.split('.').includes(''), 'must be names joined by single dots')
  .refine((name) => !name.split('.').includes('__proto__'), '__proto__ is not allowed as a name')
  .refine((name) => findUnstorable(name) === undefined, 'must be text without NUL characters');

const constant = z
  .unknown()
  .refine(
    (value) => findUnstorable(value) === undefined,
    'must be JSON that can be stored: no NUL, no lone surrogate, at most 64 levels',
  );

const mostFields = 200;

const atMost = (fields: object): boolean => Object.keys(fields).length <= mostFields;
const tooMany = `must name at most ${mostFields} fields`;

const transformSchema = z
  .strictObject({
    kind: z.literal('transform'),
    /** From the name as it comes to the name it gets; all at once, so two can swap. */
    rename: z.record(fieldName, fieldName).refine(atMost, tooMany).default({}),
    set: z.record(fieldName, constant).refine(atMost, tooMany).default({}),
    drop: z.array(fieldName).max(mostFields, tooMany).default([]),
  })
  .refine(
    ({ rename, set, drop }) =>
      Object.keys(rename).length + Object.keys(set).length + drop.length > 0,
    'must rename, set or drop something',
  );

const enrichSchema = z.strictObject({
  kind: z.literal('enrich'),
  table: z.string().min(1).max(256),
  /** The field whose value is the key. */
  on: fieldName,
  /** From the field to set to the table's column. */
  add: z.record(fieldName, z.string().min(1)).refine(atMost, tooMany),
});

const orderOperators = ['LESS', 'LESS_OR_EQUAL', 'GREATER', 'GREATER_OR_EQUAL'] as const;

const conditionSchema = z.discriminatedUnion('operator', [
  z.strictObject({
    field: fieldName,
    operator: z.enum(['EQUAL', 'NOT_EQUAL']),
    value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  }),
  z.strictObject({
    field: fieldName,
    operator: z.enum(orderOperators),
    value: z.union([z.string(), z.number()]),
  }),
]);

const routeSchema = z.strictObject({ kind: z.literal('route'), drop: conditionSchema });

/** The stages of `PublishPipelineInput`, as they are stored. */
export const stagesSchema = z
  .array(z.discriminatedUnion('kind', [transformSchema, enrichSchema, routeSchema]))
  .max(50, 'must be at most 50 stages');

export type StageDefinition = z.infer<typeof stagesSchema>[number];
export type TransformDefinition = z.infer<typeof transformSchema>;
export type EnrichDefinition = z.infer<typeof enrichSchema>;
export type RouteDefinition = z.infer<typeof routeSchema>;
export type Condition = z.infer<typeof conditionSchema>;
