import { loadEnvironment, subgraphEnvironment } from '@tributary/chassis';
import { eventLogUrlSchema } from '@tributary/event-log';
import { z } from 'zod';
import { kafkaSourcesSchema } from './ingest/topics/topic-settings.ts';

const schema = subgraphEnvironment
  .extend({
    /** Where the log is kept; the same Redis as everything else when left out. */
    EVENT_LOG_URL: eventLogUrlSchema.optional(),
    /** Bodies that may be in work at a time; further requests are told to come again. */
    INGEST_MEMORY_BYTES: z.coerce.number().int().min(1_048_576).default(67_108_864),
    /** How long a body may keep us waiting; what comes of it gives time back. */
    INGEST_PATIENCE_MILLISECONDS: z.coerce.number().int().min(100).max(100_000).default(60_000),
    /** Of a body, on the wire: so much gives a second back. */
    INGEST_LEAST_BYTES_PER_SECOND: z.coerce.number().int().min(1).default(500),
    /** Memory of the log's server above which nothing more is taken until the pipeline has caught up. */
    EVENT_LOG_MOST_BYTES: z.coerce.number().int().min(1_048_576).default(2_147_483_648),
    /** Hosts that HTTP stages may ask, e.g. `rates.example.com,10.0.0.5:8080`; none when left out. */
    HTTP_STAGE_HOSTS: z
      .string()
      .default('')
      .transform((hosts) =>
        hosts
          .split(',')
          .map((host) => host.trim())
          .filter(Boolean),
      ),
    /** Kafka topics whose messages are events: a JSON array, see docs/ingestion.md. */
    KAFKA_SOURCES: z.preprocess((text) => text || '[]', kafkaSourcesSchema),
    /** Where files that are imported are kept until they are read; see docs/imports.md. */
    IMPORT_DIRECTORY: z.string().min(1).default('.tributary/imports'),
    /** Of one file. */
    IMPORT_MOST_BYTES: z.coerce.number().int().min(1).default(4_294_967_296),
    /** A folder of the server with one for each workspace, called by its id; no file of it is imported when left out. */
    IMPORT_FOLDER: z.string().min(1).optional(),
    /** Imports that this process runs at a time. */
    IMPORTS_AT_ONCE: z.coerce.number().int().min(0).max(16).default(2),
    /** How old the oldest event that waits for the pipeline may be before imports wait for it. */
    IMPORT_LAG_MILLISECONDS: z.coerce.number().int().min(1).default(500),
    /** How old the oldest event that waits for the stores may be before imports wait for them; they note every two seconds. */
    IMPORT_BACKLOG_MILLISECONDS: z.coerce.number().int().min(1).default(5_000),
    /** What imports may add to what the log holds in memory before they wait for those who read it. */
    IMPORT_LOG_BYTES: z.coerce.number().int().min(1_048_576).default(33_554_432),
    /** How long after its failure a record that may pass later is tried again; four times that each time after. */
    RETRY_MILLISECONDS: z.coerce.number().int().min(1).default(60_000),
    /** How often is looked for records to try again and for sources with many errors. */
    ERROR_WATCH_MILLISECONDS: z.coerce.number().int().min(50).default(5_000),
  })
  .transform((given) => ({ ...given, EVENT_LOG_URL: given.EVENT_LOG_URL ?? given.REDIS_URL }));

export type Environment = z.infer<typeof schema>;

export const readEnvironment = (): Environment => loadEnvironment(schema);
