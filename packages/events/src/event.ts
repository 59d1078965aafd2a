import type { z } from 'zod';
import { compileCheck } from './compiled-check.ts';

/** What flows on a topic of the log: its schema, and the key whose records stay in order. */
export interface EventDefinition<Schema extends z.ZodType = z.ZodType> {
  topic: string;
  schema: Schema;
  key: (event: z.infer<Schema>) => string;
  /** Every consumer group; the log keeps what one of them has not taken. */
  groups: readonly string[];
  /** Attributes of text that records appended together mostly have in common; the log writes such once. */
  shared?: readonly (keyof z.infer<Schema> & string)[];
  /** A fast yes: the schema takes the record as it is. After a no, the schema has the last word. */
  isExact: (record: unknown) => record is z.infer<Schema>;
}

/** Keeps the schema's type while checking the shape; compiles the check. */
export function defineEvent<Schema extends z.ZodType>(
  definition: Omit<EventDefinition<Schema>, 'isExact'>,
): EventDefinition<Schema> {
  return { ...definition, isExact: compileCheck(definition.schema) };
}
