import { useMemo } from 'react';
import { chartBox } from '../../../charts/chart-box.ts';
import { useChartPalette } from '../../../charts/chart-palette.ts';
import { fillRange, type StepValue } from '../../../charts/fill-steps.ts';
import { timeFormat } from '../../../charts/time-format.ts';
import { isTotal } from '../../../charts/time-series-lines.ts';
import { timeSeriesOption } from '../../../charts/time-series-option.ts';
import { useChart } from '../../../charts/use-chart.ts';
import { formatValue } from '../../../format/format-value.ts';
import type { MetricPartsFragment, RangeStep } from '../../../generated/graphql.ts';
import { formatDayAndYear } from '../../../time/format-time.ts';
import { serverNow } from '../../../time/server-time.ts';
import type { Bounds } from './metric-view.ts';
import type { MetricRange } from './use-metric-figures.ts';

interface RangeLinesProps {
  metric: MetricPartsFragment;
  range: MetricRange;
  bounds: Bounds;
  step: RangeStep;
}

/** The range as a line, and fainter the one that it is compared with. */
export default function RangeLines({ metric, range, bounds, step }: RangeLinesProps) {
  const palette = useChartPalette();
  const { from, to } = bounds;
  const option = useMemo(() => {
    const empty: 0 | null = isTotal(metric.aggregation) ? 0 : null;
    const steps = fillRange(range.points, { from, to, step, empty });
    const { previous } = range;
    const before = { from: Date.parse(previous.from), to: Date.parse(previous.to), step, empty };
    const earlier = atTimesOf(steps, fillRange(previous.points, before));
    const format = step === 'DAY' ? formatDayAndYear : timeFormat((to - from) / 60_000);
    const isRunning = to > serverNow();
    return timeSeriesOption({ metric, format, steps, earlier, isRunning, palette });
  }, [metric, range, from, to, step, palette]);
  const element = useChart(option);
  return (
    <div className={chartBox}>
      <div
        ref={element}
        role="img"
        aria-label={summaryOf(metric, range)}
        className="absolute inset-0"
      />
    </div>
  );
}

/** The earlier range's steps, one by one, where this one's are. */
function atTimesOf(steps: readonly StepValue[], earlier: readonly StepValue[]): StepValue[] {
  return steps.map(([time], place) => [time, earlier[place]?.[1] ?? null]);
}

function summaryOf(metric: MetricPartsFragment, { points }: MetricRange): string {
  if (points.length === 0) return `${metric.name}: no events in this range`;
  const values = points.map(({ value }) => value);
  const lowest = formatValue(Math.min(...values), metric);
  const highest = formatValue(Math.max(...values), metric);
  return `${metric.name}: line chart of ${points.length} steps, lowest ${lowest}, highest ${highest}`;
}
