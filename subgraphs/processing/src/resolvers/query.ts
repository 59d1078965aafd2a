import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query: QueryResolvers = {
  source: (_, { id }, context) => context.sources.byId(context, id),
  partitions: (_, __, context) => context.partitions.list(context),
  deadLetter: (_, { id }, context) => context.deadLetters.byId(context, id),
};
