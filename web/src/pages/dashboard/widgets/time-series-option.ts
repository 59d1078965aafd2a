import type { ChartPalette } from '../../../charts/chart-palette.ts';
import type { ChartOption } from '../../../charts/echarts.ts';
import { formatCompact, formatPercent, formatValue } from '../../../format/format-value.ts';
import { formatClock, formatDayAndClock } from '../../../time/format-time.ts';
import type { Widget } from '../widget.ts';
import type { StepValue } from './fill-steps.ts';
import { timeSeriesLines } from './time-series-lines.ts';

interface TimeSeries {
  metric: Widget['metric'];
  windowMinutes: number;
  steps: readonly StepValue[];
  palette: ChartPalette;
}

/** ECharts' option for a line over the window; to be merged into the one before. */
export function timeSeriesOption(series: TimeSeries): ChartOption {
  const { metric, steps, palette } = series;
  return {
    animation: false,
    grid: { left: 2, right: 6, top: 8, bottom: 6, outerBoundsMode: 'same' },
    xAxis: timeAxis(series),
    yAxis: valueAxis(series),
    tooltip: tooltip(series),
    series: timeSeriesLines(steps, { aggregation: metric.aggregation, color: palette.line }),
  };
}

function timeAxis({
  steps,
  windowMinutes,
  palette,
}: TimeSeries): NonNullable<ChartOption['xAxis']> {
  const format = timeFormat(windowMinutes);
  return {
    type: 'time',
    min: steps[0]?.[0] ?? 0,
    max: steps.at(-1)?.[0] ?? 0,
    splitNumber: 5,
    axisLine: { lineStyle: { color: palette.grid } },
    axisTick: { show: false },
    axisLabel: {
      color: palette.text,
      fontSize: 11,
      formatter: (time: number) => format(time),
      hideOverlap: true,
    },
  };
}

function valueAxis({ metric, palette }: TimeSeries): NonNullable<ChartOption['yAxis']> {
  const { aggregation } = metric;
  const formatter = aggregation === 'SHARE' ? formatPercent : formatCompact;
  return {
    type: 'value',
    // Counts and sums are read against zero, averages against each other.
    scale: aggregation !== 'COUNT' && aggregation !== 'SUM',
    ...(aggregation === 'COUNT' && { minInterval: 1 }),
    splitNumber: 3,
    splitLine: { lineStyle: { color: palette.grid } },
    axisLabel: { color: palette.text, fontSize: 11, formatter },
  };
}

function tooltip({
  metric,
  windowMinutes,
  steps,
  palette,
}: TimeSeries): NonNullable<ChartOption['tooltip']> {
  const format = timeFormat(windowMinutes);
  return {
    trigger: 'axis',
    // Drawn on the canvas: no markup is made of names that come with events.
    renderMode: 'richText',
    backgroundColor: palette.surface,
    borderColor: palette.grid,
    textStyle: { color: palette.ink, fontSize: 12 },
    axisPointer: { lineStyle: { color: palette.text, type: 'solid', width: 0.5 } },
    formatter(entries) {
      const time = timeOf(entries);
      const step = steps.find((candidate) => candidate[0] === time);
      if (!step) return '';
      const value = step[1] === null ? 'no events' : formatValue(step[1], metric);
      return `${format(step[0])}  ${value}${step === steps.at(-1) ? ' so far' : ''}`;
    },
  };
}

function timeFormat(windowMinutes: number): (time: number) => string {
  return windowMinutes > 24 * 60 ? formatDayAndClock : formatClock;
}

/** The entries of an axis tooltip all belong to one time. */
function timeOf(entries: unknown): unknown {
  const entry: unknown = Array.isArray(entries) ? entries[0] : entries;
  if (typeof entry !== 'object' || entry === null || !('axisValue' in entry)) return undefined;
  return entry.axisValue;
}
