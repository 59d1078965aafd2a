import { z } from 'zod';

const fileSchema = z.object({
  path: z.string(),
  format: z.enum(['CSV', 'NDJSON', 'PARQUET']),
  bytes: z.number(),
});

const readingSchema = z.object({
  delimiter: z.string(),
  hasHeader: z.boolean(),
  encoding: z.enum(['UTF8', 'UTF16', 'LATIN1']),
});

/** What a thread may be told to do. */
export const threadOrder = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('look'), file: fileSchema, reading: readingSchema.optional() }),
  z.object({ kind: z.literal('run'), id: z.uuid() }),
]);

export type ThreadOrder = z.infer<typeof threadOrder>;
export type LookOrder = Omit<Extract<ThreadOrder, { kind: 'look' }>, 'kind'>;
