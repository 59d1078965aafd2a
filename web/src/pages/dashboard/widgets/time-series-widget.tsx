import { useMemo } from 'react';
import { chartBox } from '../../../charts/chart-box.ts';
import { useChartPalette } from '../../../charts/chart-palette.ts';
import { fillSteps } from '../../../charts/fill-steps.ts';
import { timeFormat } from '../../../charts/time-format.ts';
import { isTotal } from '../../../charts/time-series-lines.ts';
import { timeSeriesOption } from '../../../charts/time-series-option.ts';
import { useChart } from '../../../charts/use-chart.ts';
import { formatValue } from '../../../format/format-value.ts';
import { useConnection } from '../../../graph/connection-context.ts';
import { useNow } from '../../../time/use-now.ts';
import type { Widget } from '../widget.ts';

/** A line over the window. Loaded when first needed, with ECharts. */
export default function TimeSeriesWidget({ widget }: { widget: Widget }) {
  const { metric, windowMinutes, step, data } = widget;
  const palette = useChartPalette();
  const now = useChartTime(data.freshness.computedAt);
  const steps = useMemo(() => {
    const empty = isTotal(metric.aggregation) ? 0 : null;
    return fillSteps(data.points, { now, windowMinutes, step, empty });
  }, [data.points, metric, now, windowMinutes, step]);
  const option = useMemo(
    () => timeSeriesOption({ metric, format: timeFormat(windowMinutes), steps, palette }),
    [metric, windowMinutes, steps, palette],
  );
  const element = useChart(option);
  return (
    <div className={chartBox}>
      <div ref={element} role="img" aria-label={summaryOf(widget)} className="absolute inset-0" />
    </div>
  );
}

/** Where the chart ends. It stops while the connection is lost: nobody knows what comes after. */
function useChartTime(computedAt: string): number {
  const now = useNow(60_000);
  const connection = useConnection();
  return connection === 'stalled' || connection === 'catching up' ? Date.parse(computedAt) : now;
}

function summaryOf({ title, data, metric }: Widget): string {
  const values = data.points.map(({ value }) => value);
  const latest = values.at(-1);
  if (latest === undefined) return `${title}: no events in the window`;
  const format = (value: number) => formatValue(value, metric);
  const range = `lowest ${format(Math.min(...values))}, highest ${format(Math.max(...values))}`;
  return `${title}: line chart, latest ${format(latest)}, ${range}`;
}
