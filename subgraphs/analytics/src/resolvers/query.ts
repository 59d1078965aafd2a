import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query: QueryResolvers = {
  metric: (_, { id }, context) => context.metrics.byId(context, id),
  dashboard: (_, { id }, context) => context.dashboards.byId(context, id),
};
