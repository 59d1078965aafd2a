import { loadEnvironment, subgraphEnvironment } from '@tributary/chassis';
import { eventLogUrlSchema } from '@tributary/event-log';
import { z } from 'zod';

const schema = subgraphEnvironment
  .extend({
    /** Where the log is kept; the same Redis as everything else when left out. */
    EVENT_LOG_URL: eventLogUrlSchema.optional(),
    /** Bodies that may be in work at a time; further requests are told to come again. */
    INGEST_MEMORY_BYTES: z.coerce.number().int().min(1_048_576).default(67_108_864),
    /** Memory of the log's server above which nothing more is taken until the pipeline has caught up. */
    EVENT_LOG_MOST_BYTES: z.coerce.number().int().min(1_048_576).default(2_147_483_648),
  })
  .transform((given) => ({ ...given, EVENT_LOG_URL: given.EVENT_LOG_URL ?? given.REDIS_URL }));

export type Environment = z.infer<typeof schema>;

export const readEnvironment = (): Environment => loadEnvironment(schema);
