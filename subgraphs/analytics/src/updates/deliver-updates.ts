/**
 * Tells what changed: a metric's minutes, and its end, to the log, each of its widgets to its dashboard's channel.
 * Guarantee: both hear of every committed change at least once. The outbox keeps the message until
 * the log has it; what dashboards could not be told goes back to the outbox, so that neither waits
 * for the other. Figures that are told twice are the same figures.
 */
import { randomUUID } from 'node:crypto';
import type { EventLog } from '@tributary/event-log';
import { type MetricUpdated, metricUpdated } from '@tributary/events';
import { enqueue, type OutboxMessage } from '@tributary/outbox';
import type { ClientBase } from 'pg';
import type { MetricRow } from '../stores/metric-store.ts';
import type { Stores } from '../stores/stores.ts';
import { readRemoved, toLastUpdate } from './metric-removed.ts';
import { coalesce, type MetricTouched, readTouched, toUntold } from './metric-touched.ts';
import { type PublishWidgetsDeps, publishWidgets } from './publish-widgets.ts';

const mostMinutes = 120;

export interface DeliverUpdatesDeps extends PublishWidgetsDeps {
  log: EventLog;
}

export function createUpdateDelivery(deps: DeliverUpdatesDeps) {
  return async (messages: readonly OutboxMessage[], client: ClientBase): Promise<void> => {
    const { touched, untold } = readTouched(messages);
    await tellLog(touched, deps);
    const removed = readRemoved(messages);
    if (removed.length > 0) await deps.log.append(metricUpdated, removed.map(toLastUpdate));
    const changes = Map.groupBy(coalesce([...untold, ...touched]), byWorkspace);
    for (const [workspace, changed] of changes) {
      try {
        await publishWidgets(workspace, changed, deps);
      } catch (error) {
        deps.logger.warn({ err: error }, 'dashboards have to be told of a change again');
        await enqueue(client, changed.map(toUntold));
      }
    }
  };
}

const byWorkspace = ({ workspaceId }: MetricTouched) => workspaceId;

async function tellLog(
  touched: readonly MetricTouched[],
  { log, stores }: DeliverUpdatesDeps,
): Promise<void> {
  for (const [workspace, changes] of Map.groupBy(touched, byWorkspace)) {
    const ids = changes.map(({ metricId }) => metricId);
    const metrics = await stores.metrics.byIds(workspace, ids);
    await log.append(metricUpdated, await logRecords(workspace, changes, metrics, stores));
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
  return metrics.map(({ id, aggregation, percentile, unit }) => ({
    specversion: '1.0',
    id: randomUUID(),
    source: '/analytics',
    type: 'tributary.metric.updated',
    time: new Date().toISOString(),
    workspace,
    data: {
      metricId: id,
      aggregation,
      ...(percentile !== null && { percentile }),
      unit,
      minutes: (rows.get(id) ?? []).map(({ bucket, count, sum, min, max, sketch }) => ({
        bucket: bucket.toISOString(),
        count,
        sum,
        min,
        max,
        ...(sketch && { sketch: sketch.toString('base64') }),
      })),
    },
  }));
}

/** Alert rules look at recent minutes; a backfill of years is not news to them. */
function newest(minutes: readonly number[]): number[] {
  return minutes.toSorted((a, b) => b - a).slice(0, mostMinutes);
}
