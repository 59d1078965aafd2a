/** How the rows of a file become events; what a person may change before an import is started. */
import { z } from 'zod';
import { findUnstorable } from '../pipeline/unstorable.ts';

const mostFields = 1_000;

const text = (most: number) =>
  z
    .string()
    .min(1, 'must not be empty')
    .max(most, `must be at most ${most} characters`)
    .refine((given) => findUnstorable(given) === undefined, 'must be text without NUL characters');
const column = text(1_000);
const optionalColumn = column.nullish().transform((given) => given ?? null);

export const fieldTypes = ['STRING', 'INTEGER', 'NUMBER', 'BOOLEAN', 'JSON'] as const;
export type FieldType = (typeof fieldTypes)[number];

export const timeFormats = [
  'ISO',
  'UNIX_SECONDS',
  'UNIX_MILLISECONDS',
  'MONTH_DAY_YEAR',
  'DAY_MONTH_YEAR',
] as const;
export type TimeFormat = (typeof timeFormats)[number];

const fieldSchema = z.object({
  column,
  name: text(256).refine((name) => name !== '__proto__', 'is not allowed as a name'),
  type: z.enum(fieldTypes),
});

/** How the text of a file is read; Parquet says all of it itself. */
const readingShape = {
  /** Of CSV: what stands between cells. */
  delimiter: z
    .string()
    .regex(/^[^"\r\n]$/u, 'must be one character other than a quote or a line break')
    .nullish()
    .transform((given) => given ?? ','),
  /** Of CSV: whether its first row names the columns. */
  hasHeader: z
    .boolean()
    .nullish()
    .transform((given) => given ?? true),
  encoding: z
    .enum(['UTF8', 'UTF16', 'LATIN1'])
    .nullish()
    .transform((given) => given ?? 'UTF8'),
};
export type Reading = z.infer<z.ZodObject<typeof readingShape>>;

export const mappingSchema = z
  .object({
    ...readingShape,
    /** COLUMNS: fields are made of columns. EVENTS: each row is a CloudEvent already. */
    layout: z.enum(['COLUMNS', 'EVENTS']),
    eventType: text(256)
      .nullish()
      .transform((given) => given ?? null),
    eventSource: text(2_048)
      .nullish()
      .transform((given) => given ?? null),
    timeColumn: optionalColumn,
    timeFormat: z
      .enum(timeFormats)
      .nullish()
      .transform((given) => given ?? 'ISO'),
    idColumn: optionalColumn,
    subjectColumn: optionalColumn,
    fields: z
      .array(fieldSchema)
      .max(mostFields, `must be at most ${mostFields} fields`)
      .nullish()
      .transform((given) => given ?? []),
  })
  .superRefine(({ layout, eventType, fields }, context) => {
    if (layout === 'EVENTS') return;
    if (eventType === null) {
      context.addIssue({ code: 'custom', path: ['eventType'], message: 'must name a type' });
    }
    const names = fields.map(({ name }) => name);
    const repeated = names.findIndex((name, index) => names.indexOf(name) < index);
    if (repeated === -1) return;
    const message = `must be different from other fields’ names, got ${names[repeated]} twice`;
    context.addIssue({ code: 'custom', path: ['fields', repeated, 'name'], message });
  });

export type ImportMapping = z.infer<typeof mappingSchema>;
