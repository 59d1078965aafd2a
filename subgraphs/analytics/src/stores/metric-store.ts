import { createRowLoader, type Page, rowsAfter, transaction } from '@tributary/chassis';
import { enqueue } from '@tributary/outbox';
import type { PrismaClient } from '@tributary/prisma/analytics';
import type { Pool } from 'pg';
import { z } from 'zod';
import { eventFilterSchema } from '../rollups/event-filter.ts';
import type { MetricDefinition } from '../rollups/metric-definition.ts';
import { toRemoved } from '../updates/metric-removed.ts';
import { lockDefinitions } from './metric-definition-store.ts';

export interface MetricRow extends MetricDefinition {
  name: string;
  unit: string;
  createdAt: Date;
}

export type NewMetric = Omit<MetricRow, 'createdAt' | 'workspaceId' | 'unbuiltBefore'>;
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
  unbuiltBefore: true,
  dimensions: true,
  createdAt: true,
} as const;

export function createMetricStore({ prisma, pool }: { prisma: PrismaClient; pool: Pool }) {
  return {
    /** Adds a metric. Events from now on count; those that are stored are for `createMetricBuilder`. */
    async create(workspaceId: string, metric: NewMetric): Promise<MetricRow> {
      return transaction(pool, async (client) => {
        await lockDefinitions(client, [workspaceId], 'exclusive');
        const { rows } = await client.query<Pick<MetricRow, 'createdAt' | 'unbuiltBefore'>>(
          `INSERT INTO metric (id, workspace_id, name, unit, source_id, event_type, aggregation, field,
                               condition_field, condition_operator, condition_value, dimensions,
                               percentile, filters, unbuilt_before)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, ${endOfStored('$2', '$5')})
           RETURNING created_at AS "createdAt", unbuilt_before AS "unbuiltBefore"`,
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
            metric.dimensions,
            metric.percentile,
            JSON.stringify(metric.filters),
          ],
        );
        const { createdAt = new Date(), unbuiltBefore = null } = rows[0] ?? {};
        return { ...metric, workspaceId, createdAt, unbuiltBefore };
      });
    },

    /** False without such a metric. */
    async change(
      workspaceId: string,
      id: string,
      change: { name: string; unit: string },
    ): Promise<boolean> {
      const { count } = await prisma.metric.updateMany({
        where: { workspaceId, id },
        data: change,
      });
      return count === 1;
    },

    /** With its widgets, and tells others; its figures are for `createRemovedMetricStore`. False without such a metric. */
    async remove(workspaceId: string, id: string): Promise<boolean> {
      return transaction(pool, async (client) => {
        await lockDefinitions(client, [workspaceId], 'exclusive');
        const { rowCount } = await client.query(
          `WITH removed AS (DELETE FROM metric WHERE workspace_id = $1 AND id = $2 RETURNING id)
           INSERT INTO removed_metric (id) SELECT id FROM removed`,
          [workspaceId, id],
        );
        if (rowCount === 1) await enqueue(client, [toRemoved({ workspaceId, metricId: id })]);
        return rowCount === 1;
      });
    },

    /** Has the stored events counted again, from the newest on; figures stay until they are replaced. False without such a metric. */
    async markUnbuilt(workspaceId: string, id: string): Promise<boolean> {
      return transaction(pool, async (client) => {
        await lockDefinitions(client, [workspaceId], 'exclusive');
        const { rowCount } = await client.query(
          `UPDATE metric SET unbuilt_before = ${endOfStored('workspace_id', 'source_id')}
           WHERE workspace_id = $1 AND id = $2`,
          [workspaceId, id],
        );
        return rowCount === 1;
      });
    },

    /** Of all workspaces: what is to be gone on with. */
    async unbuilt(): Promise<Pick<MetricRow, 'id' | 'workspaceId'>[]> {
      return prisma.metric.findMany({
        where: { unbuiltBefore: { not: null } },
        select: { id: true, workspaceId: true },
        orderBy: { createdAt: 'asc' },
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

/** The beginning of the day after all stored events of a source; null where there is none. */
function endOfStored(workspaceId: string, sourceId: string): string {
  return `(SELECT date_trunc('day', max(time), 'UTC') + interval '1 day' FROM event
           WHERE event.workspace_id = ${workspaceId} AND event.source_id = ${sourceId})`;
}

export const createMetricLoader = (store: MetricStore, workspaceId: string) =>
  createRowLoader(
    (ids) => store.byIds(workspaceId, ids),
    ({ id }) => id,
  );
