import type { DashboardResolvers } from '../generated/resolvers.ts';

export const Dashboard: DashboardResolvers = {
  __resolveReference: ({ id }, context) => context.dashboards.reference(context, id),
  widgets: (dashboard, _, context) => context.dashboards.widgets(context, dashboard),
};
