import type { MetricResolvers } from '../generated/resolvers.ts';

export const Metric: MetricResolvers = {
  __resolveReference: ({ id }, context) => context.metrics.reference(context, id),
  source: ({ sourceId }) => ({ id: sourceId }),
  condition: ({ conditionField, conditionOperator, conditionValue }) =>
    conditionField === null || conditionOperator === null || conditionValue === null
      ? null
      : { field: conditionField, operator: conditionOperator, value: conditionValue },
  countingBefore: ({ unbuiltBefore }) => unbuiltBefore,
  countedShare: (metric, _, context) => context.metrics.countedShare(context, metric),
  widgets: (metric, _, context) => context.dashboards.ofMetric(context, metric),
  value: (metric, given, context) => context.figures.value(context, metric, given),
  series: (metric, given, context) => context.figures.points(context, metric, given),
  range: (metric, given, context) => context.figures.range(context, metric, given),
  top: (metric, given, context) => context.figures.groups(context, metric, given),
};
