import type { LineSeriesOption } from 'echarts/charts';
import type { Aggregation } from '../generated/graphql.ts';
import type { StepValue } from './fill-steps.ts';

/** Whether a step without events is zero, as for counts, and not a gap. */
export function isTotal(aggregation: Aggregation): boolean {
  return aggregation === 'COUNT' || aggregation === 'SUM' || aggregation === 'DISTINCT';
}

interface LinesOptions {
  aggregation: Aggregation;
  color: string;
  /** Whether the last step is still running. */
  isRunning?: boolean;
}

/**
 * The line of the complete steps, then the step that is still running: dashed, or for totals, which
 * begin each step at zero and would look like a fall, as a dot that rises.
 */
export function timeSeriesLines(
  steps: readonly StepValue[],
  { aggregation, color, isRunning = true }: LinesOptions,
): LineSeriesOption[] {
  const line: LineSeriesOption = { type: 'line', silent: true, symbol: 'none', color };
  const complete = withLonelyPoints(isRunning ? steps.slice(0, -1) : steps);
  const solid = { width: 1.75 };
  if (isTotal(aggregation)) {
    return [
      { ...line, data: complete, lineStyle: solid, areaStyle: { opacity: 0.08 } },
      { ...line, data: isRunning ? steps.slice(-1) : [], symbol: 'circle', symbolSize: 6 },
    ];
  }
  const running = isRunning ? withLonelyPoints(steps.slice(-2)) : [];
  return [
    { ...line, data: complete, lineStyle: solid },
    { ...line, data: running, lineStyle: { width: 1.75, type: [3, 3] } },
  ];
}

/** What the steps were compared with, fainter. */
export function earlierLine(steps: readonly StepValue[], color: string): LineSeriesOption {
  const lineStyle = { width: 1.25, type: [4, 4], opacity: 0.7 };
  return { type: 'line', silent: true, symbol: 'none', color, lineStyle, data: [...steps] };
}

/** A value between two gaps has no line: it gets a dot, so that it is seen at all. */
function withLonelyPoints(steps: readonly StepValue[]) {
  return steps.map((step, index) => {
    const hasNeighbour = isValue(steps[index - 1]) || isValue(steps[index + 1]);
    if (hasNeighbour || !isValue(step)) return { value: step };
    return { value: step, symbol: 'circle', symbolSize: 4 };
  });
}

const isValue = (step: StepValue | undefined): boolean => step !== undefined && step[1] !== null;
