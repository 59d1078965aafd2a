import type { DeadLetterResolvers } from '../generated/resolvers.ts';

export const DeadLetter: DeadLetterResolvers = {
  __resolveReference: ({ id }, context) => context.deadLetters.byId(context, id),
  async source({ sourceId }, _, context) {
    const source = await context.sources.reference(context, sourceId);
    // A dead letter goes with its source (foreign key).
    if (!source) throw new Error(`The source ${sourceId} of a dead letter is gone`);
    return source;
  },
};
