/** Figures from rollups. Every function takes the workspace first and sees its metrics only. */
import type { Pool } from 'pg';
import type { Range, ReadPlan } from '../queries/window.ts';
import { highestGroups, type Sketched, sumOf, withSketchedValue } from './sketched-figures.ts';

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
  key: string;
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
  sketch: Buffer | undefined;
}

/** A metric's value from summed-up parts named count, sum, min and max; PostgreSQL refuses quotients that round to 0. */
const value = `
  CASE metric.aggregation
    WHEN 'COUNT' THEN count::float8
    WHEN 'SUM' THEN sum
    WHEN 'MINIMUM' THEN min
    WHEN 'MAXIMUM' THEN max
    ELSE CASE WHEN abs(sum) < 1e-280 THEN 0 ELSE sum / count END
  END`;

/** GraphQL's Int ends there. */
const shownCount = 'least(count, 2147483647)::int';

const parts = `sum(count)::bigint AS count, sum(sum) AS sum, min(min) AS min, max(max) AS max,
  array_agg(sketch) FILTER (WHERE sketch IS NOT NULL) AS sketches`;
const sketched = 'aggregation, percentile, sketches';

/** All rollups over a read plan: $3–$12 are the ends of its ranges. */
const planned = `
  SELECT * FROM rollup_day WHERE metric_id = ANY($2::uuid[]) AND bucket >= $3 AND bucket < $4
  UNION ALL
  SELECT * FROM rollup_hour WHERE metric_id = ANY($2::uuid[])
    AND (bucket >= $5 AND bucket < $6 OR bucket >= $7 AND bucket < $8)
  UNION ALL
  SELECT * FROM rollup_minute WHERE metric_id = ANY($2::uuid[])
    AND (bucket >= $9 AND bucket < $10 OR bucket >= $11 AND bucket < $12)`;

const tables = { MINUTE: 'rollup_minute', HOUR: 'rollup_hour', DAY: 'rollup_day' } as const;
export type RangeStep = keyof typeof tables;

export type FigureStore = ReturnType<typeof createFigureStore>;

export function createFigureStore({ pool }: { pool: Pool }) {
  return {
    async values(
      workspaceId: string,
      metricIds: readonly string[],
      plan: ReadPlan,
    ): Promise<ValueRow[]> {
      const { rows } = await pool.query<ValueRow & Sketched>(
        `SELECT metric.id AS "metricId", ${value} AS value, ${sketched}
         FROM (SELECT metric_id, ${parts} FROM (${planned}) AS rollup GROUP BY metric_id) AS summed
         JOIN metric ON metric.id = metric_id AND metric.workspace_id = $1`,
        [workspaceId, metricIds, ...endsOf(plan)],
      );
      return rows.map(withSketchedValue);
    },

    /** A point per step that had events, oldest first. */
    async points(
      workspaceId: string,
      metricIds: readonly string[],
      step: RangeStep,
      range: Range,
    ): Promise<PointRow[]> {
      const { rows } = await pool.query<PointRow & Sketched>(
        `SELECT metric.id AS "metricId", bucket AS at, ${value} AS value, ${shownCount} AS count, ${sketched}
         FROM (SELECT metric_id, bucket, ${parts} FROM ${tables[step]}
               WHERE metric_id = ANY($2::uuid[]) AND bucket >= $3 AND bucket < $4
               GROUP BY metric_id, bucket) AS summed
         JOIN metric ON metric.id = metric_id AND metric.workspace_id = $1
         ORDER BY bucket`,
        [workspaceId, metricIds, isoOf(range.from), isoOf(range.to)],
      );
      return rows.map(withSketchedValue);
    },

    /** Each metric's groups with the highest values, highest first, equal ones by key. */
    async groups(
      workspaceId: string,
      metricIds: readonly string[],
      plan: ReadPlan,
      { limit, minimumCount }: { limit: number; minimumCount: number },
    ): Promise<GroupRow[]> {
      const { rows } = await pool.query<GroupRow & Sketched>(
        `SELECT "metricId", key, value, ${shownCount} AS count, ${sketched} FROM (
           SELECT metric.id AS "metricId", dimension_value AS key, ${value} AS value, count, ${sketched},
                  row_number() OVER (PARTITION BY metric.id ORDER BY ${value} DESC, dimension_value COLLATE "C") AS place
           FROM (SELECT metric_id, dimension_value, ${parts} FROM (${planned}) AS rollup
                 GROUP BY metric_id, dimension_value) AS summed
           JOIN metric ON metric.id = metric_id AND metric.workspace_id = $1 AND metric.dimension IS NOT NULL
           WHERE count >= $14
         ) AS ranked WHERE place <= $13 OR sketches IS NOT NULL ORDER BY "metricId", place`,
        [workspaceId, metricIds, ...endsOf(plan), limit, minimumCount],
      );
      return highestGroups(rows, limit);
    },

    /** Whole minutes, all groups together: the ones named, a metric and a time each. */
    async minutes(
      workspaceId: string,
      wanted: readonly { metricId: string; bucket: Date }[],
    ): Promise<MinuteRow[]> {
      const { rows } = await pool.query<MinuteRow & Sketched>(
        `SELECT metric_id AS "metricId", bucket, sum(count)::float8 AS count, sum(sum) AS sum, min(min) AS min, max(max) AS max,
                array_agg(sketch) FILTER (WHERE sketch IS NOT NULL) AS sketches, metric.aggregation, metric.percentile
         FROM rollup_minute
         JOIN metric ON metric.id = metric_id AND metric.workspace_id = $1
         WHERE (metric_id, bucket) IN (SELECT * FROM unnest($2::uuid[], $3::timestamptz[]))
         GROUP BY metric_id, bucket, metric.id ORDER BY bucket`,
        [
          workspaceId,
          wanted.map(({ metricId }) => metricId),
          wanted.map(({ bucket }) => bucket.toISOString()),
        ],
      );
      return rows.map(({ sketches, aggregation, percentile, ...row }) => ({
        ...row,
        sketch: sumOf({ sketches, aggregation, percentile })?.toBytes(),
      }));
    },
  };
}

function endsOf({ days, hours, minutes }: ReadPlan): string[] {
  return [days, ...hours, ...minutes].flatMap(({ from, to }) => [isoOf(from), isoOf(to)]);
}

/** Nothing happens before 1970 (the door refuses it), and years before the first are none for PostgreSQL. */
function isoOf(time: number): string {
  return new Date(Math.max(time, 0)).toISOString();
}
