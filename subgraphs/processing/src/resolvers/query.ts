import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query: QueryResolvers = {
  source: (_, { id }, context) => context.sources.byId(context, id),
  deadLetter: (_, { id }, context) => context.deadLetters.byId(context, id),
};
