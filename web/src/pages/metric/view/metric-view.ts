import { stepLength } from '../../../charts/step-length.ts';
import type { RangeStep } from '../../../generated/graphql.ts';

const { MINUTE: minute, HOUR: hour, DAY: day } = stepLength;

export const presets = {
  hour: { label: 'Hour', length: hour },
  day: { label: 'Day', length: day },
  week: { label: 'Week', length: 7 * day },
  month: { label: '30 days', length: 30 * day },
} as const;

export type Preset = keyof typeof presets;

/** Milliseconds, whole minutes; `to` is not included. */
export interface Bounds {
  from: number;
  to: number;
}

export interface ValueFilter {
  dimension: string;
  in: string[];
}

/** How a metric is looked at: all that its page's address says. */
export interface MetricView {
  range: Preset | Bounds;
  /** Null for the one that fits the range. */
  step: RangeStep | null;
  /** Compared with so many days before; null for right before. */
  daysBefore: number | null;
  /** Dimensions to break down by; empty for the first. */
  by: string[];
  where: ValueFilter[];
}

const steps = ['MINUTE', 'HOUR', 'DAY'] as const satisfies readonly RangeStep[];
const filterPrefix = 'in.';

/** What an address says; what it says wrong is as if it were not said. */
export function readView(parameters: URLSearchParams): MetricView {
  const days = Number(parameters.get('before'));
  const dimensions = [...new Set(parameters.keys())].filter((key) => key.startsWith(filterPrefix));
  return {
    range: readRange(parameters),
    step: steps.find((step) => step === parameters.get('step')) ?? null,
    daysBefore: Number.isInteger(days) && days > 0 ? days : null,
    by: parameters.getAll('by'),
    where: dimensions.map((key) => ({
      dimension: key.slice(filterPrefix.length),
      in: parameters.getAll(key),
    })),
  };
}

function readRange(parameters: URLSearchParams): MetricView['range'] {
  const from = Date.parse(parameters.get('from') ?? '');
  const to = Date.parse(parameters.get('to') ?? '');
  if (from % minute === 0 && to % minute === 0 && from < to) return { from, to };
  const named = parameters.get('range') ?? '';
  return isPreset(named) ? named : 'day';
}

const isPreset = (name: string): name is Preset => Object.hasOwn(presets, name);

/** The address that says it; what is as without saying is left out. */
export function writeView({ range, step, daysBefore, by, where }: MetricView): URLSearchParams {
  const parameters = new URLSearchParams();
  if (typeof range === 'string') parameters.set('range', range);
  else {
    parameters.set('from', new Date(range.from).toISOString());
    parameters.set('to', new Date(range.to).toISOString());
  }
  if (step) parameters.set('step', step);
  if (daysBefore !== null) parameters.set('before', String(daysBefore));
  for (const dimension of by) parameters.append('by', dimension);
  for (const { dimension, in: values } of where) {
    for (const value of values) parameters.append(filterPrefix + dimension, value);
  }
  return parameters;
}

/** From when to when is looked at; the minute that is running is part of it. */
export function boundsOf(range: MetricView['range'], now: number): Bounds {
  if (typeof range !== 'string') return range;
  const to = now - (now % minute) + minute;
  return { from: to - presets[range].length, to };
}

/** More points than these the graph does not answer. */
const mostPoints = 5_000;
/** More points than these are no easier to read. */
const manyPoints = 400;

const pointsOf = ({ from, to }: Bounds, step: RangeStep): number =>
  Math.ceil((to - from) / stepLength[step]);

/** The steps that a range may be looked at in, the shortest first. */
export function stepsFor(bounds: Bounds): RangeStep[] {
  return steps.filter((step) => pointsOf(bounds, step) <= mostPoints);
}

/** The step that was asked for, where it fits the range, or else one that is easy to read. */
export function stepOf({ step }: Pick<MetricView, 'step'>, bounds: Bounds): RangeStep {
  const possible = stepsFor(bounds);
  if (step && possible.includes(step)) return step;
  return possible.find((one) => pointsOf(bounds, one) <= manyPoints) ?? 'DAY';
}
