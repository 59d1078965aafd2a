import type { MutationResolvers } from '../generated/resolvers.ts';
import { userErrorsOf } from './user-errors.ts';

export const Mutation: MutationResolvers = {
  async createMetric(_, { input }, context) {
    try {
      return { metric: await context.metrics.create(context, input), userErrors: [] };
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
