import { groupMinutesFrom } from '../rollups/group-minutes.ts';
import type { MetricDefinition } from '../rollups/metric-definition.ts';
import { type EventRange, endsOf, type Statement } from './contributions.ts';
import { rollupKey } from './rollup-key.ts';
import { countedMinutes, type MinuteTable, type RollupTable } from './rollup-tables.ts';

/** Whole days of counted minutes that are kept, into the rollup that has none of these days. */
export function keepMinutes({ id }: MetricDefinition, days: EventRange, now: number): Statement {
  return {
    text: `
      INSERT INTO rollup_minute
      SELECT * FROM ${countedMinutes}
      WHERE metric_id = $1::uuid AND bucket >= $2::timestamptz AND bucket < $3::timestamptz
        AND (breakdown = 0 OR bucket >= $4::timestamptz)`,
    values: [id, ...endsOf(days), new Date(groupMinutesFrom(now)).toISOString()],
  };
}

/** Fills a metric's hours, empty so far, from its counted minutes. */
export const backfillHours = (metric: MetricDefinition, days: EventRange) =>
  sumUp(metric, days, { from: countedMinutes, to: 'rollup_hour', step: 'hour' });

/** Fills a metric's days, empty so far, from its hours. */
export const backfillDays = (metric: MetricDefinition, days: EventRange) =>
  sumUp(metric, days, { from: 'rollup_hour', to: 'rollup_day', step: 'day' });

function sumUp(
  { id }: MetricDefinition,
  days: EventRange,
  tables: { from: MinuteTable | RollupTable; to: RollupTable; step: string },
): Statement {
  return {
    text: `
      INSERT INTO ${tables.to} (${rollupKey}, count, sum, min, max)
      SELECT metric_id, breakdown, date_trunc('${tables.step}', bucket, 'UTC'), group_1, group_2, group_3,
             sum(count), sum(sum), min(min), max(max)
      FROM ${tables.from}
      WHERE metric_id = $1::uuid AND bucket >= $2::timestamptz AND bucket < $3::timestamptz
      GROUP BY 1, 2, 3, 4, 5, 6`,
    values: [id, ...endsOf(days)],
  };
}
