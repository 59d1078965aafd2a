import { createRowLoader, type Page, rowsAfter, transaction } from '@tributary/chassis';
import type { PrismaClient } from '@tributary/prisma/analytics';
import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import { eventFilterSchema } from '../rollups/event-filter.ts';
import type { MetricDefinition } from '../rollups/metric-definition.ts';
import { backfillSketches } from './backfill-sketches.ts';
import { backfillDays, backfillHours, backfillMinutes } from './backfill-statement.ts';
import { lockDefinitions, readDefinitions } from './metric-definition-store.ts';
import { rollupTables } from './rollup-tables.ts';

export interface MetricRow extends MetricDefinition {
  name: string;
  unit: string;
  createdAt: Date;
}

export type NewMetric = Omit<MetricRow, 'createdAt' | 'workspaceId'>;
export type MetricStore = ReturnType<typeof createMetricStore>;

const columns = {
  id: true,
  workspaceId: true,
  name: true,
  unit: true,
  sourceId: true,
  eventType: true,
  aggregation: true,
  field: true,
  conditionField: true,
  conditionOperator: true,
  conditionValue: true,
  percentile: true,
  filters: true,
  dimension: true,
  createdAt: true,
} as const;

export function createMetricStore({ prisma, pool }: { prisma: PrismaClient; pool: Pool }) {
  return {
    /**
     * Adds a metric and fills its rollups from the events stored so far. No event is missed or
     * counted twice: batches of the workspace wait meanwhile, and then know the metric.
     */
    async create(workspaceId: string, metric: NewMetric): Promise<MetricRow> {
      return transaction(pool, async (client) => {
        await lockDefinitions(client, [workspaceId], 'exclusive');
        const { rows } = await client.query<{ createdAt: Date }>(
          `INSERT INTO metric (id, workspace_id, name, unit, source_id, event_type, aggregation, field,
                               condition_field, condition_operator, condition_value, dimension,
                               percentile, filters)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING created_at AS "createdAt"`,
          [
            metric.id,
            workspaceId,
            metric.name,
            metric.unit,
            metric.sourceId,
            metric.eventType,
            metric.aggregation,
            metric.field,
            metric.conditionField,
            metric.conditionOperator,
            metric.conditionValue,
            metric.dimension,
            metric.percentile,
            JSON.stringify(metric.filters),
          ],
        );
        await fillRollups(client, { ...metric, workspaceId });
        return { ...metric, workspaceId, createdAt: rows[0]?.createdAt ?? new Date() };
      });
    },

    /**
     * Counts the stored events again from the first on; false without such a metric. Whoever reads
     * meanwhile sees the old figures, and batches of the workspace wait.
     */
    async rebuild(workspaceId: string, id: string): Promise<boolean> {
      return transaction(pool, async (client) => {
        await lockDefinitions(client, [workspaceId], 'exclusive');
        const definitions = await readDefinitions(client, [workspaceId]);
        const metric = definitions.find((one) => one.id === id);
        if (!metric) return false;
        for (const table of rollupTables) {
          await client.query(`DELETE FROM ${table} WHERE metric_id = $1`, [id]);
        }
        await fillRollups(client, metric);
        return true;
      });
    },

    /** Newest first. */
    page: (workspaceId: string, page: Page): Promise<MetricRow[]> =>
      prisma.metric
        .findMany({
          where: { workspaceId, ...rowsAfter('createdAt', page) },
          orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
          take: page.limit,
          select: columns,
        })
        .then(withFilters),

    byIds: (workspaceId: string, ids: string[]): Promise<MetricRow[]> =>
      prisma.metric
        .findMany({ where: { workspaceId, id: { in: ids } }, select: columns })
        .then(withFilters),
  };
}

/** Filters were checked before they were kept. */
function withFilters<Row extends { filters: unknown }>(rows: readonly Row[]) {
  return rows.map((row) => ({ ...row, filters: z.array(eventFilterSchema).parse(row.filters) }));
}

/** From the stored events, in the caller's transaction; the metric has no rollups yet. */
async function fillRollups(client: PoolClient, metric: MetricDefinition): Promise<void> {
  await client.query(backfillMinutes(metric));
  await client.query(backfillHours(metric));
  await client.query(backfillDays(metric));
  await backfillSketches(client, metric);
}

export const createMetricLoader = (store: MetricStore, workspaceId: string) =>
  createRowLoader(
    (ids) => store.byIds(workspaceId, ids),
    ({ id }) => id,
  );
