import { userErrorsOf } from '@tributary/errors';
import type { MutationResolvers } from '../generated/resolvers.ts';

export const Mutation: MutationResolvers = {
  async createMetric(_, { input }, context) {
    try {
      return { metric: await context.metrics.create(context, input), userErrors: [] };
    } catch (error) {
      return { metric: null, userErrors: userErrorsOf(error) };
    }
  },

  async rebuildMetric(_, { input }, context) {
    try {
      return { metric: await context.metrics.rebuild(context, input), userErrors: [] };
    } catch (error) {
      return { metric: null, userErrors: userErrorsOf(error) };
    }
  },

  async createDashboard(_, { input }, context) {
    try {
      return { dashboard: await context.dashboards.create(context, input), userErrors: [] };
    } catch (error) {
      return { dashboard: null, userErrors: userErrorsOf(error) };
    }
  },
};
