/**
 * Tells what changed: a metric's minutes to the log, each of its widgets to whoever watches it.
 * Guarantee: the log hears of every change at least once, since the outbox keeps the message until
 * then; a dashboard that misses one message sees the same figures in the next, or when it asks.
 */
import { randomUUID } from 'node:crypto';
import type { EventLog } from '@tributary/event-log';
import { type MetricUpdated, metricUpdated } from '@tributary/events';
import type { OutboxMessage } from '@tributary/outbox';
import type { MetricRow } from '../stores/metric-store.ts';
import type { Stores } from '../stores/stores.ts';
import { coalesce, type MetricTouched, metricTouchedSchema } from './metric-touched.ts';
import { type PublishWidgetsDeps, publishWidgets } from './publish-widgets.ts';

const mostMinutes = 120;

export interface DeliverUpdatesDeps extends PublishWidgetsDeps {
  log: EventLog;
}

export function createUpdateDelivery(deps: DeliverUpdatesDeps) {
  return async (messages: readonly OutboxMessage[]): Promise<void> => {
    const touched = coalesce(messages.map(({ payload }) => metricTouchedSchema.parse(payload)));
    const byWorkspace = Map.groupBy(touched, ({ workspaceId }) => workspaceId);
    for (const [workspace, changes] of byWorkspace) await deliverTo(workspace, changes, deps);
  };
}

async function deliverTo(
  workspace: string,
  changes: readonly MetricTouched[],
  deps: DeliverUpdatesDeps,
): Promise<void> {
  const metrics = await deps.stores.metrics.byIds(
    workspace,
    changes.map(({ metricId }) => metricId),
  );
  await deps.log.append(metricUpdated, await logRecords(workspace, changes, metrics, deps.stores));
  try {
    await publishWidgets(workspace, changes, metrics, deps);
  } catch (error) {
    deps.logger.warn({ err: error }, 'dashboards were not told of a change');
  }
}

async function logRecords(
  workspace: string,
  changes: readonly MetricTouched[],
  metrics: readonly MetricRow[],
  { figures }: Stores,
): Promise<MetricUpdated[]> {
  const wanted = changes.flatMap(({ metricId, minutes }) =>
    newest(minutes).map((minute) => ({ metricId, bucket: new Date(minute) })),
  );
  const rows = Map.groupBy(await figures.minutes(workspace, wanted), ({ metricId }) => metricId);
  return metrics.map(({ id, aggregation, unit }) => ({
    specversion: '1.0',
    id: randomUUID(),
    source: '/analytics',
    type: 'tributary.metric.updated',
    time: new Date().toISOString(),
    workspace,
    data: {
      metricId: id,
      aggregation,
      unit,
      minutes: (rows.get(id) ?? []).map(({ bucket, count, sum, min, max }) => ({
        bucket: bucket.toISOString(),
        count,
        sum,
        min,
        max,
      })),
    },
  }));
}

/** Alert rules look at recent minutes; a backfill of years is not news to them. */
function newest(minutes: readonly number[]): number[] {
  return minutes.toSorted((a, b) => b - a).slice(0, mostMinutes);
}
