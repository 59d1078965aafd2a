import type { DeadLetterResolvers } from '../generated/resolvers.ts';
import { sourceOf } from './source-of.ts';

export const DeadLetter: DeadLetterResolvers = {
  __resolveReference: ({ id }, context) => context.deadLetters.byId(context, id),
  source: (letter, _, context) => sourceOf(context, letter),
};
