import type { Message } from '@tributary/pubsub';
import { createFigureLoaders } from '../queries/figure-loaders.ts';
import { widgetFigures } from '../queries/widget-figures.ts';
import { bucketOf, hour, minute } from '../rollups/rollup-deltas.ts';
import type { WidgetRow } from '../stores/dashboard-store.ts';
import type { FigureStore } from '../stores/figure-store.ts';
import type { MetricTouched } from './metric-touched.ts';

/** Makes the message of each widget whose metric changed; figures of many widgets are read together. */
export function createWidgetMessages(
  figures: FigureStore,
  workspace: string,
  changes: readonly MetricTouched[],
): (widget: WidgetRow) => Promise<Message<'widgetUpdated'>> {
  const now = Date.now();
  const loaders = createFigureLoaders(figures, workspace, now);
  const changeOf = new Map(changes.map((change) => [change.metricId, change]));

  return async (widget) => {
    const change = changeOf.get(widget.metricId);
    const { points, groups, value } = await widgetFigures(widget, loaders);
    const touched = touchedSteps(change?.minutes ?? [], widget.step);
    return {
      widget: { id: widget.id },
      points: points
        .filter(({ at }) => touched.has(at.getTime()))
        .map(({ at, value, count }) => ({ at: at.toISOString(), value, count })),
      groups: groups.map(({ key, value, count }) => ({ key, value, count })),
      value,
      freshness: freshnessOfChange(change, now),
    };
  };
}

function touchedSteps(minutes: readonly number[], step: WidgetRow['step']): Set<number> {
  const length = step === 'HOUR' ? hour : minute;
  return new Set(minutes.map((time) => bucketOf(time, length)));
}

function freshnessOfChange(
  change: MetricTouched | undefined,
  now: number,
): Message<'widgetUpdated'>['freshness'] {
  const acceptedAt = change?.acceptedAt ?? now;
  return {
    acceptedAt: new Date(acceptedAt).toISOString(),
    computedAt: new Date(now).toISOString(),
    lagMilliseconds: Math.max(0, now - acceptedAt),
    state: 'LIVE',
  };
}
