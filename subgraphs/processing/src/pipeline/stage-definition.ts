import { z } from 'zod';
import { compileExpression } from './expression.ts';
import { httpTemplateProblem } from './http-template.ts';
import { findUnstorable } from './unstorable.ts';

const fieldName = z
  .string()
  .min(1, 'must name a field of data')
  .max(256)
  .refine((name) => !name.split('.').includes(''), 'must be names joined by single dots')
  .refine((name) => !name.split('.').includes('__proto__'), '__proto__ is not allowed as a name')
  .refine(isStorable, 'must be text without NUL characters');

const constant = z
  .unknown()
  .refine(
    isStorable,
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

const expression = z.string().superRefine((text, context) => {
  const problem = problemOf(() => compileExpression(text));
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});

const deriveSchema = z.strictObject({
  kind: z.literal('derive'),
  /** From the field to set to the expression that gives its value; all see the data as it was before. */
  fields: z.record(fieldName, expression).refine(atMost, tooMany),
});

const maskSchema = z.strictObject({
  kind: z.literal('mask'),
  fields: z.record(fieldName, z.enum(['REDACT', 'HASH', 'LAST_FOUR'])).refine(atMost, tooMany),
});

const ruleSchema = z.strictObject({
  name: z.string().min(1, 'must not be empty').max(100, 'must be at most 100 characters'),
  /** Must be true. */
  condition: expression,
  otherwise: z.enum(['FAIL', 'REVIEW']).default('FAIL'),
});

const checkSchema = z.strictObject({
  kind: z.literal('check'),
  rules: z.array(ruleSchema).min(1, 'must hold a rule').max(50, 'must be at most 50 rules'),
});

const httpSchema = z.strictObject({
  kind: z.literal('http'),
  url: z.string().superRefine((url, context) => {
    const problem = httpTemplateProblem(url);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  }),
  /** The field whose value stands for `{key}`. */
  on: fieldName,
  /** From the field to set to the path within the answer. */
  add: z.record(fieldName, fieldName).refine(atMost, tooMany),
  cacheSeconds: z.int().min(0).max(86_400).default(300),
  /** What becomes of the event when there is no answer. */
  otherwise: z.enum(['FAIL', 'NULL']).default('FAIL'),
});

const routeSchema = z
  .strictObject({
    kind: z.literal('route'),
    /** Drops what meets a condition on one field. */
    drop: conditionSchema.optional(),
    when: expression.optional(),
    /** What becomes of events for which `when` is true: they go nowhere, or on as another type. */
    to: z.literal('NOWHERE').optional(),
    type: z.string().min(1).max(256).refine(isStorable, 'must be text without NUL').optional(),
  })
  .refine(
    ({ drop, when, to, type }) =>
      when === undefined
        ? drop !== undefined && to === undefined && type === undefined
        : drop === undefined && (to === undefined) !== (type === undefined),
    'must have `drop`, or `when` with either `to: "NOWHERE"` or `type`',
  );

/** The stages of `PublishPipelineInput`, as they are stored. */
export const stagesSchema = z
  .array(
    z.discriminatedUnion('kind', [
      transformSchema,
      deriveSchema,
      maskSchema,
      checkSchema,
      enrichSchema,
      httpSchema,
      routeSchema,
    ]),
  )
  .max(50, 'must be at most 50 stages');

export type StageDefinition = z.infer<typeof stagesSchema>[number];
export type TransformDefinition = z.infer<typeof transformSchema>;
export type EnrichDefinition = z.infer<typeof enrichSchema>;
export type RouteDefinition = z.infer<typeof routeSchema>;
export type Condition = z.infer<typeof conditionSchema>;
export type DeriveDefinition = z.infer<typeof deriveSchema>;
export type MaskDefinition = z.infer<typeof maskSchema>;
export type CheckDefinition = z.infer<typeof checkSchema>;
export type HttpDefinition = z.infer<typeof httpSchema>;

function isStorable(value: unknown): boolean {
  return findUnstorable(value) === undefined;
}

function problemOf(compile: () => unknown): string | undefined {
  try {
    compile();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
