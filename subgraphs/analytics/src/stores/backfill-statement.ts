import { groupMinutesFrom } from '../rollups/group-minutes.ts';
import type { MetricDefinition } from '../rollups/metric-definition.ts';
import { type EventRange, endsOf } from './contributions.ts';
import { rollupKey } from './rollup-key.ts';
import { countedMinutes, type MinuteTable, type RollupTable } from './rollup-tables.ts';
import type { Statement } from './statement-values.ts';

/** Whole hours of counted minutes that are kept, into the rollup that has none of these hours. */
export function keepMinutes({ id }: MetricDefinition, hours: EventRange, now: number): Statement {
  return {
    text: `
      INSERT INTO rollup_minute
      SELECT * FROM ${countedMinutes}
      WHERE metric_id = $1::uuid AND bucket >= $2::timestamptz AND bucket < $3::timestamptz
        AND (breakdown = 0 OR bucket >= $4::timestamptz)`,
    values: [id, ...endsOf(hours), new Date(groupMinutesFrom(now)).toISOString()],
  };
}

/** Fills a metric's hours, empty so far, from its counted minutes. */
export const backfillHours = (metric: MetricDefinition, hours: EventRange) =>
  sumUp(metric, hours, { from: countedMinutes, to: 'rollup_hour', step: 'hour' });

/** Fills a metric's days that begin within these hours, empty so far, from all of their hours; sketches are laid end to end. */
export const backfillDays = (metric: MetricDefinition, hours: EventRange) =>
  sumUp(metric, hours, { from: 'rollup_hour', to: 'rollup_day', step: 'day' });

function sumUp(
  { id }: MetricDefinition,
  hours: EventRange,
  tables: { from: MinuteTable | RollupTable; to: RollupTable; step: string },
): Statement {
  const step = `date_trunc('${tables.step}', bucket, 'UTC')`;
  return {
    text: `
      INSERT INTO ${tables.to} (${rollupKey}, count, sum, min, max, sketch)
      SELECT metric_id, breakdown, ${step}, group_1, group_2, group_3,
             sum(count), sum(sum), min(min), max(max), string_agg(sketch, ''::bytea)
      FROM ${tables.from}
      WHERE metric_id = $1::uuid AND ${step} >= $2::timestamptz AND ${step} < $3::timestamptz
        AND bucket >= $2::timestamptz AND bucket < $3::timestamptz + interval '1 day'
      GROUP BY 1, 2, 3, 4, 5, 6`,
    values: [id, ...endsOf(hours)],
  };
}
