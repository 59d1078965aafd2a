import { InputError, type UserError } from '@tributary/errors';
import type { WidgetContents } from '../stores/dashboard-store.ts';
import type { MetricRow } from '../stores/metric-store.ts';
import type { Caller } from './caller.ts';
import { unknownDimensions } from './dimension-schemas.ts';
import type { GivenWidget } from './input-schemas.ts';

/**
 * Widgets as they are kept: by their metric's first dimension, unless said otherwise.
 * @throws InputError naming every metric that the workspace does not have, and every dimension that a
 * metric does not have; `pathOf` is where in the arguments a widget stands.
 */
export async function checkWidgets(
  { loaders }: Caller,
  widgets: readonly GivenWidget[],
  pathOf: (index: number) => readonly string[],
): Promise<WidgetContents[]> {
  const metrics = await Promise.all(widgets.map(({ metricId }) => loaders.metric.load(metricId)));
  const asked = widgets.map((widget, index) => ({
    ...widget,
    by: widget.by ?? metrics[index]?.dimensions.slice(0, 1) ?? [],
  }));
  const wrong = asked.flatMap((widget, index) => problemsOf(widget, pathOf(index), metrics[index]));
  if (wrong.length > 0) throw new InputError(wrong);
  return asked;
}

function problemsOf(
  widget: Pick<WidgetContents, 'by' | 'where'>,
  at: readonly string[],
  metric: MetricRow | null | undefined,
): UserError[] {
  if (metric) {
    const unknown = unknownDimensions(metric, widget);
    return unknown.map(({ field, ...problem }) => ({
      ...problem,
      field: [...at, ...(field ?? [])],
    }));
  }
  const message = 'There is no such metric in this workspace.';
  return [{ code: 'NOT_FOUND', message, field: [...at, 'metricId'] }];
}
