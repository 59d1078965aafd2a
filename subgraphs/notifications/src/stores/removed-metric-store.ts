import type { ClientBase } from 'pg';
import type { RemovedMetric } from '../alerts/removed-metrics.ts';

/** What rules of the metrics' own workspaces there are goes, with alerts; so do the metrics' minutes. */
export async function removeRulesOfMetrics(
  client: ClientBase,
  metrics: readonly RemovedMetric[],
): Promise<void> {
  if (metrics.length === 0) return;
  const ids = [
    metrics.map(({ workspaceId }) => workspaceId),
    metrics.map(({ metricId }) => metricId),
  ];
  for (const table of ['alert_rule', 'metric_minute']) {
    await client.query(
      `DELETE FROM ${table} held USING unnest($1::uuid[], $2::uuid[]) AS removed(workspace_id, metric_id)
       WHERE held.workspace_id = removed.workspace_id AND held.metric_id = removed.metric_id`,
      ids,
    );
  }
}
