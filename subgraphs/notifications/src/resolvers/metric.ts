import type { MetricResolvers } from '../generated/resolvers.ts';

/** Metrics are analytics' own: any id is taken, and only rules of the principal's workspace are found for it. */
export const Metric: MetricResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  alertRules: ({ id }, _, { alerts }) => alerts.alertRulesOf(id),
};
