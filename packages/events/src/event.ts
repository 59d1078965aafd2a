import type { z } from 'zod';

/** What flows on a topic of the log: its schema, and the key whose records stay in order. */
export interface EventDefinition<Schema extends z.ZodType = z.ZodType> {
  topic: string;
  schema: Schema;
  key: (event: z.infer<Schema>) => string;
  /** Every consumer group; the log keeps what one of them has not taken. */
  groups: readonly string[];
}

/** Keeps the schema's type while checking the shape. */
export function defineEvent<Schema extends z.ZodType>(
  definition: EventDefinition<Schema>,
): EventDefinition<Schema> {
  return definition;
}
