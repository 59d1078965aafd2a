import type { WidgetRow } from '../stores/dashboard-store.ts';
import type { GroupRow, PointRow } from '../stores/figure-store.ts';
import type { FigureLoaders } from './figure-loaders.ts';
import { toSelection } from './selection.ts';

export interface WidgetFigures {
  points: PointRow[];
  groups: GroupRow[];
  value: number | null;
}

/** What a widget of its kind shows, points from `since` on; the lists that its kind does not use are empty. */
export async function widgetFigures(
  widget: WidgetRow,
  metric: { dimensions: readonly string[] },
  figures: FigureLoaders,
  since?: number,
): Promise<WidgetFigures> {
  const { metricId, kind, windowMinutes, step, limit, minimumCount } = widget;
  const { by, where } = toSelection(metric, widget);
  const hasGroups = (kind === 'BAR' || kind === 'TABLE') && by.length > 0;
  const [points, groups, value] = await Promise.all([
    kind === 'TIME_SERIES'
      ? figures.points.load({ metricId, windowMinutes, step, since, where })
      : [],
    hasGroups
      ? figures.groups.load({ metricId, windowMinutes, limit, minimumCount, by, where })
      : [],
    figures.value.load({ metricId, windowMinutes, where }),
  ]);
  return { points, groups, value };
}
