import type { PartitionLag } from '@tributary/event-log';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

export interface MetricsOptions {
  registry: Registry;
  readLag: () => Promise<PartitionLag[]>;
}

/** What is counted of events on their way, for `/metrics`. */
export function createMetrics({ registry, readLag }: MetricsOptions) {
  const registers = [registry];
  const lag = new Gauge({
    name: 'pipeline_waiting_seconds',
    help: 'Age of the oldest event that the pipeline has not taken, by partition; 0 when it has taken all.',
    labelNames: ['partition'],
    registers,
    async collect() {
      // A log that is away has no lag to tell; the other figures are wanted all the same.
      for (const { partition, waitingMilliseconds } of await readLag().catch(() => [])) {
        lag.set({ partition }, waitingMilliseconds / 1_000);
      }
    },
  });
  return {
    accepted: new Counter({
      name: 'events_accepted_total',
      help: 'Events appended to events.received and acknowledged.',
      registers,
    }),
    duplicates: new Counter({
      name: 'events_repeated_total',
      help: 'Records that were accepted before, letter by letter; told so and not taken again.',
      registers,
    }),
    rejected: new Counter({
      name: 'events_rejected_total',
      help: 'Records refused at the door, by the stage that refused them.',
      labelNames: ['stage'],
      registers,
    }),
    processed: new Counter({
      name: 'events_processed_total',
      help: 'Events that left the pipeline for events.processed.',
      registers,
    }),
    dropped: new Counter({
      name: 'events_dropped_total',
      help: 'Events that a route stage dropped.',
      registers,
    }),
    deadLettered: new Counter({
      name: 'events_dead_lettered_total',
      help: 'Events that failed in the pipeline, by stage.',
      labelNames: ['stage'],
      registers,
    }),
    invalid: new Counter({
      name: 'log_records_invalid_total',
      help: 'Records on events.received that are no such event; passed over.',
      registers,
    }),
    topicReading: new Gauge({
      name: 'kafka_source_reading',
      help: 'Whether a Kafka topic is being read, 1 or 0.',
      labelNames: ['topic', 'source'],
      registers,
    }),
    topicMessages: new Counter({
      name: 'kafka_source_messages_total',
      help: 'Messages of a Kafka topic that were taken: accepted, told to be duplicates, or dead letters.',
      labelNames: ['topic', 'source'],
      registers,
    }),
    topicFailures: new Counter({
      name: 'kafka_source_failures_total',
      help: 'Times that reading a Kafka topic, or taking what was read, failed and was begun again.',
      labelNames: ['topic', 'source'],
      registers,
    }),
    ingestBatch: new Histogram({
      name: 'ingest_batch_records',
      help: 'Records taken at a time, of a request to POST /v1/events or a Kafka topic.',
      buckets: [1, 10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000],
      registers,
    }),
    pipelineBatch: new Histogram({
      name: 'pipeline_batch_seconds',
      help: 'Time from taking a batch off the log to having stored its position.',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
  };
}
