import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query: QueryResolvers = {
  metric: (_, { id }, context) => context.metrics.byId(context, id),
  dashboard: (_, { id }, context) => context.dashboards.byId(context, id),
  async widgetUpdates(_, { dashboardId, widgetIds }, context) {
    const dashboard = await context.dashboards.byId(context, dashboardId);
    if (!dashboard) return null;
    const widgets = await context.dashboards.widgets(context, dashboard);
    const wanted = widgets.filter(({ id }) => !widgetIds || widgetIds.includes(id));
    return Promise.all(
      wanted.map(async (widget) => ({
        widget,
        ...(await context.figures.widget(context, widget)),
      })),
    );
  },
};
