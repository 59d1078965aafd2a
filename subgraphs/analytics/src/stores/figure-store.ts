/** Figures from rollups. Every function takes the workspace first and sees its metrics only. */
import type { Pool, QueryResultRow } from 'pg';
import { breakdownFor, type GroupSelection, type Selection } from '../queries/selection.ts';
import type { ReadPlan } from '../queries/window.ts';
import { createCounting } from './counting.ts';
import {
  groupColumns,
  plannedSums,
  type ReadRollups,
  shownCount,
  sketched,
  value,
} from './figure-statement.ts';
import { countedMinutes } from './rollup-tables.ts';
import { highestGroups, type Sketched, withSketchedValue } from './sketched-figures.ts';
import { createValues, type Given } from './statement-values.ts';

export interface ValueRow {
  metricId: string;
  value: number;
}

export interface PointRow {
  metricId: string;
  at: Date;
  value: number;
  count: number;
}

export interface GroupRow {
  metricId: string;
  /** The value of each dimension asked for. */
  keys: string[];
  value: number;
  count: number;
}

export interface MinuteRow {
  metricId: string;
  bucket: Date;
  count: number;
  sum: number;
  min: number;
  max: number;
  /** Of PERCENTILE and DISTINCT. */
  sketch: Buffer | null;
}

export type FigureStore = ReturnType<typeof createFigureStore>;

export function createFigureStore({ pool }: { pool: Pool }) {
  const countFirst = createCounting({ pool });

  async function readPlanned<Row extends QueryResultRow>(
    workspaceId: string,
    { counted, ...rollups }: ReadPlan,
    read: ReadRollups,
    textOf: (given: Given) => string,
  ): Promise<Row[]> {
    const { values, given } = createValues();
    const text = textOf(given);
    if (counted.length > 0) {
      return countFirst({ workspaceId, ranges: counted, ...read }, async (client, rows) => {
        const withCounted = `WITH ${countedMinutes} AS (${rows(given)}) ${text}`;
        return (await client.query<Row>(withCounted, values)).rows;
      });
    }
    if (Object.values(rollups).every((ranges) => ranges.length === 0)) return [];
    return (await pool.query<Row>(text, values)).rows;
  }

  return {
    async values(
      workspaceId: string,
      metricIds: readonly string[],
      plan: ReadPlan,
      selection: Selection,
    ): Promise<ValueRow[]> {
      const read = { metricIds, ...selection, breakdown: breakdownFor(selection) };
      const rows = await readPlanned<ValueRow & Sketched>(
        workspaceId,
        plan,
        read,
        (given) => `SELECT metric.id AS "metricId", ${value} AS value, ${sketched}
         FROM (${plannedSums('metric_id', plan, read, given)}) AS summed
         JOIN metric ON metric.id = metric_id AND metric.workspace_id = ${given(workspaceId)}`,
      );
      return rows.map(withSketchedValue);
    },

    /** A point per step of the plan that had events, oldest first. */
    async points(
      workspaceId: string,
      metricIds: readonly string[],
      plan: ReadPlan,
      selection: Selection,
    ): Promise<PointRow[]> {
      const read = { metricIds, ...selection, breakdown: breakdownFor(selection) };
      const rows = await readPlanned<PointRow & Sketched>(
        workspaceId,
        plan,
        read,
        (
          given,
        ) => `SELECT metric.id AS "metricId", bucket AS at, ${value} AS value, ${shownCount} AS count, ${sketched}
         FROM (${plannedSums('metric_id, bucket', plan, read, given)}) AS summed
         JOIN metric ON metric.id = metric_id AND metric.workspace_id = ${given(workspaceId)}
         ORDER BY bucket`,
      );
      return rows.map(withSketchedValue);
    },

    /** Each metric's groups with the highest values, highest first, equal ones by key. */
    async groups(
      workspaceId: string,
      metricIds: readonly string[],
      plan: ReadPlan,
      {
        limit,
        minimumCount,
        ...selection
      }: GroupSelection & { limit: number; minimumCount: number },
    ): Promise<GroupRow[]> {
      const read = { metricIds, ...selection, breakdown: breakdownFor(selection) };
      const columns = groupColumns(selection.by);
      const rows = await readPlanned<GroupRow & Sketched>(
        workspaceId,
        plan,
        read,
        (given) => `SELECT "metricId", keys, value, ${shownCount} AS count, ${sketched} FROM (
           SELECT metric.id AS "metricId", keys, ${value} AS value, count, ${sketched},
                  row_number() OVER (PARTITION BY metric.id ORDER BY ${value} DESC, keys COLLATE "C") AS place
           FROM (SELECT *, ARRAY[${columns}] AS keys
                 FROM (${plannedSums(`metric_id, ${columns}`, plan, read, given)}) AS grouped) AS summed
           JOIN metric ON metric.id = metric_id AND metric.workspace_id = ${given(workspaceId)}
           WHERE count >= ${given(minimumCount)}
         ) AS ranked WHERE place <= ${given(limit)} OR sketch IS NOT NULL ORDER BY "metricId", place`,
      );
      return highestGroups(rows, limit);
    },

    /** Whole minutes, all groups together: the ones named, a metric and a time each. */
    async minutes(
      workspaceId: string,
      wanted: readonly { metricId: string; bucket: Date }[],
    ): Promise<MinuteRow[]> {
      const { rows } = await pool.query<MinuteRow>(
        `SELECT metric_id AS "metricId", bucket, count::float8 AS count, sum, min, max, sketch
         FROM rollup_minute
         JOIN metric ON metric.id = metric_id AND metric.workspace_id = $1
         WHERE breakdown = 0 AND (metric_id, bucket) IN (SELECT * FROM unnest($2::uuid[], $3::timestamptz[]))
         ORDER BY bucket`,
        [
          workspaceId,
          wanted.map(({ metricId }) => metricId),
          wanted.map(({ bucket }) => bucket.toISOString()),
        ],
      );
      return rows;
    },
  };
}
