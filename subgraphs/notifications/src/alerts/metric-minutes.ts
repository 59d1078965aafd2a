import type { MetricUpdated } from '@tributary/events';
import type { MetricMinuteRow } from '../stores/metric-minute-store.ts';

/** The longest window is a day; the rest is for the minute under way and slow clocks. */
const retentionMilliseconds = 25 * 3_600_000;

/** Minutes that begin before this are not kept. */
export function oldestMinute(now: Date): Date {
  return new Date(now.getTime() - retentionMilliseconds);
}

/** The minutes that the updates tell of, the last word on each, without those too old to matter. */
export function toMetricMinutes(updates: readonly MetricUpdated[], now: Date): MetricMinuteRow[] {
  const oldest = oldestMinute(now);
  const rows = new Map<string, MetricMinuteRow>();
  for (const { workspace: workspaceId, data } of updates) {
    const { metricId, aggregation, percentile = null, unit, minutes } = data;
    for (const { bucket: instant, sketch, ...totals } of minutes) {
      const bucket = new Date(instant);
      if (bucket < oldest) continue;
      const row = {
        ...{ workspaceId, metricId, aggregation, percentile, unit, bucket, ...totals },
        sketch: sketch === undefined ? null : Buffer.from(sketch, 'base64'),
      };
      rows.set(`${metricId}/${bucket.getTime()}`, row);
    }
  }
  return [...rows.values()];
}
