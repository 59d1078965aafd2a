import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { exportFormats } from './exports/export-request.ts';

export type ServiceMetrics = ReturnType<typeof createServiceMetrics>;

/** What is counted of events and figures, for `/metrics`. */
export function createServiceMetrics({ registry }: { registry: Registry }) {
  const registers = [registry];
  const exported = new Counter({
    name: 'events_exported_total',
    help: 'Events read for exports, by format.',
    labelNames: ['format'] as const,
    registers,
  });
  // There from the start, so that the first export counts as an increase.
  for (const format of exportFormats) exported.inc({ format }, 0);
  return {
    stored: new Counter({
      name: 'events_stored_total',
      help: 'Events stored and rolled up.',
      registers,
    }),
    duplicates: new Counter({
      name: 'events_duplicate_total',
      help: 'Events that were stored before and changed nothing.',
      registers,
    }),
    poisonous: new Counter({
      name: 'events_poisonous_total',
      help: 'Events that PostgreSQL cannot hold; passed over and logged.',
      registers,
    }),
    invalid: new Counter({
      name: 'log_records_invalid_total',
      help: 'Records on events.processed that are no such event; passed over.',
      registers,
    }),
    failures: new Counter({
      name: 'consumer_errors_total',
      help: 'Failures that are tried again, by what was at work: rollups or updates.',
      labelNames: ['at'] as const,
      registers,
    }),
    published: new Counter({
      name: 'widget_updates_published_total',
      help: 'Messages to dashboards that Redis took.',
      registers,
    }),
    notPublished: new Counter({
      name: 'widget_updates_failed_total',
      help: 'Messages to dashboards that were lost; the next one holds the same figures.',
      registers,
    }),
    exportsRunning: new Gauge({
      name: 'exports_running',
      help: 'Exports of events that are being taken.',
      registers,
    }),
    exported,
    batchSize: new Histogram({
      name: 'rollup_batch_events',
      help: 'Events in one transaction.',
      buckets: [1, 10, 100, 500, 1_000, 2_500, 5_000, 10_000, 50_000],
      registers,
    }),
    batchSeconds: new Histogram({
      name: 'rollup_batch_seconds',
      help: 'Time that one transaction took.',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    freshness: new Histogram({
      name: 'freshness_seconds',
      help: 'From the acceptance of the newest event behind an update to its publication.',
      buckets: [0.05, 0.1, 0.25, 0.5, 0.75, 1, 2, 5, 30, 300],
      registers,
    }),
  };
}
