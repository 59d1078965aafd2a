/**
 * Tells what changed: a metric's minutes to the log, each of its widgets to whoever watches it.
 * Guarantee: the log hears of every change at least once, since the outbox keeps the message until
 * then; a dashboard that misses one message sees the same figures in the next, or when it asks.
 */
import { randomUUID } from 'node:crypto';
import type { Logger } from '@tributary/chassis';
import type { EventLog } from '@tributary/event-log';
import { type MetricUpdated, metricUpdated } from '@tributary/events';
import type { OutboxMessage } from '@tributary/outbox';
import type { Publisher } from '@tributary/pubsub';
import type { ServiceMetrics } from '../metrics.ts';
import type { MetricRow } from '../stores/metric-store.ts';
import type { Stores } from '../stores/stores.ts';
import { coalesce, type MetricTouched, metricTouchedSchema } from './metric-touched.ts';
import { createWidgetMessages } from './widget-messages.ts';

const mostMinutes = 120;

export interface DeliverUpdatesDeps {
  stores: Stores;
  log: EventLog;
  publisher: Publisher;
  logger: Logger;
  metrics: ServiceMetrics;
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

async function publishWidgets(
  workspace: string,
  changes: readonly MetricTouched[],
  metrics: readonly MetricRow[],
  { stores, publisher, metrics: counters }: DeliverUpdatesDeps,
): Promise<void> {
  const widgets = await stores.dashboards.widgetsOfMetrics(
    workspace,
    metrics.map(({ id }) => id),
  );
  const messageOf = createWidgetMessages(stores.figures, workspace, changes);
  await Promise.all(
    widgets.map(async (widget) => {
      const message = await messageOf(widget);
      await publisher.publish(
        'widgetUpdated',
        { workspace, dashboardId: widget.dashboardId },
        message,
      );
    }),
  );
  for (const { acceptedAt } of changes)
    counters.freshness.observe((Date.now() - acceptedAt) / 1000);
}
