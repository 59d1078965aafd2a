/**
 * Counts the stored events of a metric that was created, or is to be rebuilt, into its rollups: from the
 * newest hour back, some hours at a time, each part one transaction. A day's row comes with its first hour.
 * Guarantee: no event is missed or counted twice. Batches of the workspace wait while a part is counted,
 * and leave the hours that are still to come to their part. Who dies in the middle goes on where they were.
 */
import { transaction } from '@tributary/chassis';
import { sketchedFigureOf } from '@tributary/sketches';
import type { Pool, PoolClient } from 'pg';
import { mostGroupsOfADay } from '../rollups/limit-groups.ts';
import type { MetricDefinition } from '../rollups/metric-definition.ts';
import { backfillDays, backfillHours, keepMinutes } from '../stores/backfill-statement.ts';
import { type EventRange, endsOf } from '../stores/contributions.ts';
import { countEvents, createCountedMinutes } from '../stores/counted-minutes.ts';
import { limitBackfill } from '../stores/limit-backfill.ts';
import { lockDefinitions, readDefinitions } from '../stores/metric-definition-store.ts';
import { rollupTables } from '../stores/rollup-tables.ts';
import { fillSketched } from './fill-sketched.ts';
import { joinDays, joinOthers } from './join-sketches.ts';

export interface MetricBuilderOptions {
  pool: Pool;
  /** A part ends with the hour in which it reaches so many events: batches wait no longer than it takes. */
  eventsAtATime?: number;
  /** That a day of a breakdown may have; see limit-groups.ts. */
  mostGroups?: number | undefined;
}

export type MetricBuilder = ReturnType<typeof createMetricBuilder>;

export function createMetricBuilder({
  pool,
  eventsAtATime = 25_000,
  mostGroups = mostGroupsOfADay,
}: MetricBuilderOptions) {
  /** Answers whether there is more to count. */
  function buildPart({ workspaceId, id }: BuiltMetric): Promise<boolean> {
    return transaction(pool, async (client) => {
      await lockDefinitions(client, [workspaceId], 'exclusive');
      const metrics = await readDefinitions(client, [workspaceId]);
      const metric = metrics.find((one) => one.id === id);
      if (!metric?.unbuiltBefore) return false;
      const hours = await nextHours(client, metric, metric.unbuiltBefore, eventsAtATime);
      await replaceRollups(client, metric, hours, mostGroups);
      await client.query('UPDATE metric SET unbuilt_before = $2 WHERE id = $1', [id, hours.from]);
      return hours.from !== null;
    });
  }

  /** Goes on until everything is counted or the time is up; answers whether everything is. */
  return async (
    metric: BuiltMetric,
    { milliseconds }: { milliseconds: number },
  ): Promise<boolean> => {
    const end = performance.now() + milliseconds;
    for (;;) {
      if (!(await buildPart(metric))) return true;
      if (performance.now() > end) return false;
    }
  };
}

type BuiltMetric = Pick<MetricDefinition, 'workspaceId' | 'id'>;

async function nextHours(
  client: PoolClient,
  { workspaceId, sourceId }: MetricDefinition,
  to: Date,
  events: number,
): Promise<EventRange> {
  const { rows } = await client.query<{ from: Date }>(
    `SELECT date_trunc('hour', time, 'UTC') AS from FROM event
     WHERE workspace_id = $1 AND source_id = $2 AND time < $3
     ORDER BY time DESC OFFSET $4 LIMIT 1`,
    [workspaceId, sourceId, to.toISOString(), events],
  );
  return { from: rows[0]?.from ?? null, to };
}

async function replaceRollups(
  client: PoolClient,
  metric: MetricDefinition,
  hours: EventRange,
  mostGroups: number,
): Promise<void> {
  for (const table of rollupTables) {
    await client.query(
      `DELETE FROM ${table} WHERE metric_id = $1 AND bucket >= $2 AND bucket < $3`,
      [metric.id, ...endsOf(hours)],
    );
  }
  const figure = sketchedFigureOf(metric);
  if (figure) {
    await fillSketched(client, { metric, figure, hours });
  } else {
    await createCountedMinutes(client);
    await countEvents(client, metric, hours);
    await client.query(keepMinutes(metric, hours, Date.now()));
    await client.query(backfillHours(metric, hours));
  }
  await client.query(backfillDays(metric, hours));
  const someBeyond = await limitBackfill(client, metric, hours, mostGroups);
  if (figure) await joinDays(client, { metric, figure, hours });
  if (figure && someBeyond) await joinOthers(client, { metric, figure, hours });
}
