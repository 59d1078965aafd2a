import { TributaryError } from '@tributary/errors';
import type { WidgetResolvers } from '../generated/resolvers.ts';

export const Widget: WidgetResolvers = {
  __resolveReference: ({ id }, context) => context.dashboards.widget(context, id),
  async metric({ metricId }, _, context) {
    const metric = await context.metrics.reference(context, metricId);
    if (metric) return metric;
    throw new TributaryError('NOT_FOUND', 'The widget’s metric is gone.');
  },
  async dashboard({ dashboardId }, _, context) {
    const dashboard = await context.dashboards.reference(context, dashboardId);
    if (dashboard) return dashboard;
    throw new TributaryError('NOT_FOUND', 'The widget’s dashboard is gone.');
  },
  data: (widget, _, context) => context.figures.widget(context, widget),
};
