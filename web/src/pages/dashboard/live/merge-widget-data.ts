import { startOfStep } from '../../../charts/step-length.ts';
import type { Step, WidgetDataFragment } from '../../../generated/graphql.ts';

type Point = WidgetDataFragment['points'][number];
/** The changes of one `WidgetUpdate`, or newer data that holds everything. */
export type WidgetChanges = Pick<WidgetDataFragment, 'points' | 'groups' | 'value' | 'freshness'>;

export interface WidgetWindow {
  windowMinutes: number;
  step: Step;
}

/**
 * A widget's data after an update: points replace those of the same time, groups, value and
 * freshness replace the earlier ones, and points that the window has passed fall out.
 * An update computed before what is shown changes nothing, so late messages do no harm.
 */
export function mergeWidgetData(
  data: WidgetDataFragment,
  update: WidgetChanges,
  window: WidgetWindow,
): WidgetDataFragment {
  if (isComputedBefore(update, data)) return data;
  return {
    ...data,
    points: withinWindow(mergePoints(data.points, update.points), update, window),
    groups: update.groups,
    value: update.value ?? null,
    freshness: update.freshness,
  };
}

export function isComputedBefore(one: WidgetChanges, other: WidgetChanges): boolean {
  return Date.parse(one.freshness.computedAt) < Date.parse(other.freshness.computedAt);
}

function mergePoints(points: readonly Point[], updates: readonly Point[]): Point[] {
  const byTime = new Map(points.map((point) => [Date.parse(point.at), point]));
  for (const point of updates) byTime.set(Date.parse(point.at), point);
  return [...byTime].sort(([one], [other]) => one - other).map(([, point]) => point);
}

/** Measured by the server's clock: the window ends when the update was computed. */
function withinWindow(
  points: Point[],
  { freshness }: WidgetChanges,
  { windowMinutes, step }: WidgetWindow,
): Point[] {
  const end = Date.parse(freshness.computedAt);
  const start = startOfStep(end - windowMinutes * 60_000, step);
  return points.filter(({ at }) => Date.parse(at) >= start);
}
