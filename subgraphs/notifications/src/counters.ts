import { Counter, type Registry } from 'prom-client';

export type Counters = ReturnType<typeof createCounters>;

/** What this service counts for Prometheus. */
export function createCounters(registry: Registry) {
  const registers = [registry];
  return {
    rulesEvaluated: new Counter({
      name: 'alert_rules_evaluated_total',
      help: 'Alert rules whose condition was looked at.',
      registers,
    }),
    alertsFired: new Counter({
      name: 'alerts_fired_total',
      help: 'Alerts that started to fire, by severity.',
      labelNames: ['severity'] as const,
      registers,
    }),
    alertsResolved: new Counter({
      name: 'alerts_resolved_total',
      help: 'Alerts that stopped firing.',
      registers,
    }),
    deliveries: new Counter({
      name: 'notification_deliveries_total',
      help: 'Attempts to deliver a notification, by channel and outcome.',
      labelNames: ['channel', 'outcome'] as const,
      registers,
    }),
    invalidRecords: new Counter({
      name: 'log_records_invalid_total',
      help: 'Records of the log that did not fit their schema and were passed over.',
      labelNames: ['topic'] as const,
      registers,
    }),
  };
}
