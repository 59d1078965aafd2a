import { randomUUID } from 'node:crypto';
import type { MetricUpdated } from '@tributary/events';
import type { OutboxMessage } from '@tributary/outbox';
import { z } from 'zod';

const name = 'metric.removed';

const metricRemovedSchema = z.object({ workspaceId: z.uuid(), metricId: z.uuid() });

export type MetricRemoved = z.infer<typeof metricRemovedSchema>;

/** What the transaction that deletes a metric tells the updates. */
export function toRemoved(payload: MetricRemoved): OutboxMessage {
  return { name, key: payload.metricId, payload };
}

/** What the outbox holds of deleted metrics. */
export function readRemoved(messages: readonly OutboxMessage[]): MetricRemoved[] {
  return messages.flatMap(({ name: given, payload }) =>
    given === name ? metricRemovedSchema.parse(payload) : [],
  );
}

/** The last that the log hears of a metric; what it counted, and in which unit, matters to nobody any more. */
export function toLastUpdate({ workspaceId, metricId }: MetricRemoved): MetricUpdated {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: '/analytics',
    type: 'tributary.metric.updated',
    time: new Date().toISOString(),
    workspace: workspaceId,
    data: { metricId, aggregation: 'COUNT', unit: '', minutes: [], isRemoved: true },
  };
}
