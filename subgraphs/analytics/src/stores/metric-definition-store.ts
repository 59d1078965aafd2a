import type { PoolClient } from 'pg';
import type { MetricDefinition } from '../rollups/metric-definition.ts';

/**
 * Holds a workspace's metrics as they are until the transaction ends: `shared` to roll up by them,
 * `exclusive` to add one. Always taken in the same order, so that nobody waits in a circle.
 */
export async function lockDefinitions(
  client: PoolClient,
  workspaces: readonly string[],
  mode: 'shared' | 'exclusive',
): Promise<void> {
  const lock = mode === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock';
  await client.query(
    `SELECT ${lock}(key) FROM (SELECT hashtextextended(w, 0) AS key FROM unnest($1::text[]) AS w ORDER BY 1) AS ordered`,
    [workspaces],
  );
}

export async function readDefinitions(
  client: PoolClient,
  workspaces: readonly string[],
): Promise<MetricDefinition[]> {
  const { rows } = await client.query<MetricDefinition>(
    `SELECT id, workspace_id AS "workspaceId", source_id AS "sourceId", event_type AS "eventType", aggregation, field,
            condition_field AS "conditionField", condition_operator AS "conditionOperator",
            condition_value AS "conditionValue", percentile, filters, dimensions, unbuilt_before AS "unbuiltBefore"
     FROM metric WHERE workspace_id = ANY($1::uuid[])`,
    [workspaces],
  );
  return rows;
}
