import type { MetricUpdated } from '@tributary/events';

/** A metric that was deleted, as its workspace knew it. */
export interface RemovedMetric {
  workspaceId: string;
  metricId: string;
}

export function removedMetrics(updates: readonly MetricUpdated[]): RemovedMetric[] {
  return updates
    .filter(({ data }) => data.isRemoved)
    .map(({ workspace, data }) => ({ workspaceId: workspace, metricId: data.metricId }));
}
