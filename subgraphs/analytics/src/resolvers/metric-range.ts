import type { MetricRangeResolvers } from '../generated/resolvers.ts';

export const MetricRange: MetricRangeResolvers = {
  from: ({ from }) => new Date(from),
  to: ({ to }) => new Date(to),
  value: (range, _, context) => context.figures.rangeValue(context, range),
  points: (range, given, context) => context.figures.rangePoints(context, range, given),
  top: (range, given, context) => context.figures.rangeGroups(context, range, given),
  previous: (range, given, context) => context.figures.previous(range, given),
};
