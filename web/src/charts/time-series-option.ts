import { formatCompact, formatPercent, formatValue } from '../format/format-value.ts';
import type { Aggregation } from '../generated/graphql.ts';
import type { ChartPalette } from './chart-palette.ts';
import type { ChartOption } from './echarts.ts';
import type { StepValue } from './fill-steps.ts';
import { earlierLine, timeSeriesLines } from './time-series-lines.ts';

interface TimeSeries {
  metric: { unit: string; aggregation: Aggregation };
  /** How times are written. */
  format: (time: number) => string;
  steps: readonly StepValue[];
  /** What is compared with: of each step the value then, at the step's time. */
  earlier?: readonly StepValue[];
  /** Whether the last step is still running. */
  isRunning?: boolean;
  palette: ChartPalette;
}

/** ECharts' option for a line over time; to be merged into the one before. */
export function timeSeriesOption(series: TimeSeries): ChartOption {
  const { metric, steps, earlier = [], isRunning = true, palette } = series;
  const { aggregation } = metric;
  return {
    animation: false,
    grid: { left: 2, right: 6, top: 8, bottom: 6, outerBoundsMode: 'same' },
    xAxis: timeAxis(series),
    yAxis: valueAxis(series),
    tooltip: tooltip(series),
    series: [
      ...timeSeriesLines(steps, { aggregation, color: palette.line, isRunning }),
      earlierLine(earlier, palette.text),
    ],
  };
}

function timeAxis({ steps, format, palette }: TimeSeries): NonNullable<ChartOption['xAxis']> {
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

function tooltip(series: TimeSeries): NonNullable<ChartOption['tooltip']> {
  const { palette } = series;
  return {
    trigger: 'axis',
    // Drawn on the canvas: no markup is made of names that come with events.
    renderMode: 'richText',
    backgroundColor: palette.surface,
    borderColor: palette.grid,
    textStyle: { color: palette.ink, fontSize: 12 },
    axisPointer: { lineStyle: { color: palette.text, type: 'solid', width: 0.5 } },
    formatter: (entries) => describeStep(series, timeOf(entries)),
  };
}

/** A step's time and value, and below it the value that it is compared with. */
function describeStep(series: TimeSeries, time: unknown): string {
  const { metric, format, steps, earlier = [], isRunning = true } = series;
  const place = steps.findIndex((candidate) => candidate[0] === time);
  const step = steps[place];
  if (!step) return '';
  const written = (value: number | null | undefined) =>
    value === null || value === undefined ? 'no events' : formatValue(value, metric);
  const soFar = isRunning && place === steps.length - 1 ? ' so far' : '';
  const now = `${format(step[0])}  ${written(step[1])}${soFar}`;
  const then = earlier[place];
  return then ? `${now}\nbefore  ${written(then[1])}` : now;
}

/** The entries of an axis tooltip all belong to one time. */
function timeOf(entries: unknown): unknown {
  const entry: unknown = Array.isArray(entries) ? entries[0] : entries;
  if (typeof entry !== 'object' || entry === null || !('axisValue' in entry)) return undefined;
  return entry.axisValue;
}
