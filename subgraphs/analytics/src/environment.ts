import { loadEnvironment, subgraphEnvironment } from '@tributary/chassis';
import { eventLogUrlSchema } from '@tributary/event-log';
import type { z } from 'zod';

const schema = subgraphEnvironment
  .extend({
    /** Where the log is kept; the same Redis as everything else when left out. */
    EVENT_LOG_URL: eventLogUrlSchema.optional(),
  })
  .transform((given) => ({ ...given, EVENT_LOG_URL: given.EVENT_LOG_URL ?? given.REDIS_URL }));

export type Environment = z.infer<typeof schema>;

export const readEnvironment = (): Environment => loadEnvironment(schema);
