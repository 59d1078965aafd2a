import type { Message } from '@tributary/pubsub';
import { createFigureLoaders } from '../queries/figure-loaders.ts';
import { freshnessOf } from '../queries/freshness.ts';
import { labelOf } from '../queries/label-of-group.ts';
import { widgetFigures } from '../queries/widget-figures.ts';
import { bucketOf, hour, minute } from '../rollups/rollup-deltas.ts';
import type { WidgetRow } from '../stores/dashboard-store.ts';
import type { FigureStore } from '../stores/figure-store.ts';
import type { MetricRow } from '../stores/metric-store.ts';
import type { SourceActivityRow } from '../stores/source-activity-store.ts';
import type { MetricTouched } from './metric-touched.ts';

type WidgetMessage = Message<'widgetUpdated'>;

/** A metric's change, the metric as it is now, and how current its source is. */
export interface ChangedMetric extends MetricTouched {
  metric: MetricRow;
  activity: SourceActivityRow | null;
}

export interface WidgetMessagesOptions {
  figures: FigureStore;
  workspace: string;
  changes: readonly ChangedMetric[];
}

/** Makes the message of each widget whose metric changed; figures of many widgets are read together. */
export function createWidgetMessages({ figures, workspace, changes }: WidgetMessagesOptions) {
  const loaders = createFigureLoaders(figures, workspace, Date.now());
  const since = oldestHour(changes);

  return async (widget: WidgetRow, change: ChangedMetric): Promise<WidgetMessage> => {
    const { points, groups, value } = await widgetFigures(widget, change.metric, loaders, since);
    const touched = touchedSteps(change.minutes, widget.step);
    return {
      widget: { id: widget.id },
      points: points
        .filter(({ at }) => touched.has(at.getTime()))
        .map(({ at, value, count }) => ({ at: at.toISOString(), value, count })),
      groups: groups.map(({ keys, value, count }) => ({ key: labelOf(keys), keys, value, count })),
      value,
      freshness: freshnessOfChange(change, Date.now()),
    };
  };
}

/** One bound for all widgets, so that their points are still read together. */
function oldestHour(changes: readonly ChangedMetric[]): number {
  const oldest = changes.reduce(
    (least, { minutes }) => minutes.reduce((a, b) => Math.min(a, b), least),
    Number.MAX_SAFE_INTEGER,
  );
  return bucketOf(oldest, hour);
}

function touchedSteps(minutes: readonly number[], step: WidgetRow['step']): Set<number> {
  const length = step === 'HOUR' ? hour : minute;
  return new Set(minutes.map((time) => bucketOf(time, length)));
}

/** The lag is that of the newest event in this change, up to now. */
function freshnessOfChange(change: ChangedMetric, now: number): WidgetMessage['freshness'] {
  const { acceptedAt, state } = freshnessOf(change.activity, now);
  return {
    acceptedAt: acceptedAt?.toISOString() ?? null,
    computedAt: new Date(now).toISOString(),
    lagMilliseconds: Math.max(0, now - change.acceptedAt),
    state,
  };
}
