import type { Logger } from '@tributary/chassis';
import type { Message, Publisher } from '@tributary/pubsub';
import { ZodError } from 'zod';
import type { ServiceMetrics } from '../metrics.ts';
import type { WidgetRow } from '../stores/dashboard-store.ts';
import type { MetricRow } from '../stores/metric-store.ts';
import type { Stores } from '../stores/stores.ts';
import type { MetricTouched } from './metric-touched.ts';
import { type ChangedMetric, createWidgetMessages } from './widget-messages.ts';

export interface PublishWidgetsDeps {
  stores: Stores;
  publisher: Publisher;
  logger: Logger;
  metrics: ServiceMetrics;
}

/** Tells every widget of the changed metrics. @throws while Redis or the database is away. */
export async function publishWidgets(
  workspace: string,
  changes: readonly MetricTouched[],
  deps: PublishWidgetsDeps,
): Promise<void> {
  const { stores, metrics: counters } = deps;
  const metrics = await stores.metrics.byIds(
    workspace,
    changes.map(({ metricId }) => metricId),
  );
  const widgets = await stores.dashboards.widgetsOfMetrics(
    workspace,
    metrics.map(({ id }) => id),
  );
  const changed = await withActivity(workspace, changes, metrics, stores);
  const messageOf = createWidgetMessages({ figures: stores.figures, workspace, changes: changed });
  const changeOf = new Map(changed.map((change) => [change.metricId, change]));
  await Promise.all(
    widgets.map(async (widget) => {
      const change = changeOf.get(widget.metricId);
      if (change) await publish(workspace, widget, messageOf(widget, change), deps);
    }),
  );
  for (const { acceptedAt } of changes)
    counters.freshness.observe(Math.max(0, Date.now() - acceptedAt) / 1000);
}

/** A message that does not fit its channel would fail for ever and hold up all others: it is passed over. */
async function publish(
  workspace: string,
  { dashboardId }: WidgetRow,
  message: Promise<Message<'widgetUpdated'>>,
  { publisher, logger, metrics }: PublishWidgetsDeps,
): Promise<void> {
  try {
    await publisher.publish('widgetUpdated', { workspace, dashboardId }, await message);
    metrics.published.inc();
  } catch (error) {
    metrics.notPublished.inc();
    if (!(error instanceof ZodError)) throw error;
    logger.error({ err: error, dashboardId }, 'a dashboard was not told of a change');
  }
}

async function withActivity(
  workspace: string,
  changes: readonly MetricTouched[],
  metrics: readonly MetricRow[],
  { activity }: Stores,
): Promise<ChangedMetric[]> {
  const sources = [...new Set(metrics.map(({ sourceId }) => sourceId))];
  const bySource = Map.groupBy(
    await activity.bySources(workspace, sources),
    ({ sourceId }) => sourceId,
  );
  const byId = new Map(metrics.map((metric) => [metric.id, metric]));
  return changes.flatMap((change) => {
    const metric = byId.get(change.metricId);
    return metric
      ? [{ ...change, metric, activity: bySource.get(metric.sourceId)?.[0] ?? null }]
      : [];
  });
}
