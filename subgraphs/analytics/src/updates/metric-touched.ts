import type { OutboxMessage } from '@tributary/outbox';
import { z } from 'zod';
import type { MetricDefinition } from '../rollups/metric-definition.ts';
import type { RollupDelta } from '../rollups/rollup-sums.ts';
import type { StoredEvent } from '../rollups/stored-event.ts';

const name = 'metric.touched';
/** Of this the log heard already, but not yet all dashboards. */
const untoldName = 'metric.untold';

/** What a transaction tells the updates: which minutes of a metric changed, and through how new an event. */
const metricTouchedSchema = z.object({
  workspaceId: z.uuid(),
  metricId: z.uuid(),
  /** Milliseconds since 1970. */
  minutes: z.array(z.int()),
  acceptedAt: z.int(),
});

export type MetricTouched = z.infer<typeof metricTouchedSchema>;

/** One message per metric that the events changed. */
export function touchedMetrics(
  events: readonly StoredEvent[],
  deltas: readonly RollupDelta[],
  metrics: readonly MetricDefinition[],
): OutboxMessage[] {
  const minutes = Map.groupBy(deltas, ({ metricId }) => metricId);
  const accepted = newestAcceptances(events);
  return metrics.flatMap(({ id, workspaceId, sourceId }) => {
    const touched = minutes.get(id);
    if (!touched) return [];
    const payload: MetricTouched = {
      workspaceId,
      metricId: id,
      minutes: [...new Set(touched.map(({ bucket }) => bucket))],
      acceptedAt: accepted.get(sourceId) ?? 0,
    };
    return [{ name, key: id, payload }];
  });
}

function newestAcceptances(events: readonly StoredEvent[]): Map<string, number> {
  const newest = new Map<string, number>();
  for (const { sourceId, acceptedAt } of events) {
    newest.set(sourceId, Math.max(newest.get(sourceId) ?? 0, acceptedAt.getTime()));
  }
  return newest;
}

/** What the outbox holds, a change per metric. */
export function readTouched(messages: readonly OutboxMessage[]) {
  const read = (wanted: string) =>
    coalesce(
      messages.flatMap(({ name: given, payload }) =>
        given === wanted ? metricTouchedSchema.parse(payload) : [],
      ),
    );
  return { touched: read(name), untold: read(untoldName) };
}

export function toUntold(change: MetricTouched): OutboxMessage {
  return { name: untoldName, key: change.metricId, payload: change };
}

/** Messages of one metric as one. */
export function coalesce(messages: readonly MetricTouched[]): MetricTouched[] {
  const byMetric = new Map<string, MetricTouched>();
  for (const message of messages) {
    const held = byMetric.get(message.metricId);
    if (!held) byMetric.set(message.metricId, message);
    else {
      byMetric.set(message.metricId, {
        ...held,
        minutes: [...new Set([...held.minutes, ...message.minutes])],
        acceptedAt: Math.max(held.acceptedAt, message.acceptedAt),
      });
    }
  }
  return [...byMetric.values()];
}
