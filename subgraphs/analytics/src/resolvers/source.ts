import type { SourceResolvers } from '../generated/resolvers.ts';

export const Source: SourceResolvers = {
  /** Of another workspace's source nothing is stored under this one: it shows no events. */
  __resolveReference: ({ id }) => ({ id }),
  eventsLastMinute: ({ id }, _, context) => context.figures.eventsLastMinute(context, id),
  freshness: ({ id }, _, context) => context.figures.freshness(context, id),
  seenTypes: ({ id }, _, context) => context.figures.seenTypes(context, id),
};
