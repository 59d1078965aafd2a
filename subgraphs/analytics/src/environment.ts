import { loadEnvironment, subgraphEnvironment } from '@tributary/chassis';
import { eventLogUrlSchema } from '@tributary/event-log';
import { z } from 'zod';

const schema = subgraphEnvironment
  .extend({
    /** Where the log is kept; the same Redis as everything else when left out. */
    EVENT_LOG_URL: eventLogUrlSchema.optional(),
    /** Exports that may be under way in this process at a time. */
    EXPORTS_AT_A_TIME: z.coerce.number().int().min(1).default(4),
    /** … and of one workspace. */
    EXPORTS_OF_A_WORKSPACE: z.coerce.number().int().min(1).default(2),
    /** How long an export waits for a reader that takes nothing. */
    EXPORT_PATIENCE_MILLISECONDS: z.coerce.number().int().min(1).default(60_000),
  })
  .transform((given) => ({ ...given, EVENT_LOG_URL: given.EVENT_LOG_URL ?? given.REDIS_URL }));

export type Environment = z.infer<typeof schema>;

export const readEnvironment = (): Environment => loadEnvironment(schema);
